using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace WhatsSession.Emulator;

/// <summary>The emulator's own HTTP side: its page, and everything a test in another process needs.</summary>
internal sealed class ControlApi(MetaSide meta, HttpClient http)
{
    public const string Prefix = "/_emulator/";

    private readonly JournalPages _journal = new(meta);

    public void Stop()
    {
    }

    public async Task AnswerAsync(HttpContext context, string path)
    {
        _ = http;
        var (body, tooLong) = await RequestBody.ReadAsync(context.Request, RequestBody.LongestJson, context.RequestAborted).ConfigureAwait(false);
        var answer = _journal.Answer(new()
        {
            Method = context.Request.Method,
            Path = path,
            Query = name => context.Request.Query[name] is [var value, ..] ? value : null,
            Authorization = null,
            Body = body,
            BodyTooLong = tooLong,
        });
        context.Response.StatusCode = answer.StatusCode;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        context.Response.Headers.Date = meta.Now.ToString("R", CultureInfo.InvariantCulture);
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted).ConfigureAwait(false);
    }
}
