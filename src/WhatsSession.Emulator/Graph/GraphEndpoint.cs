using System.Globalization;
using Microsoft.AspNetCore.Http;
using WhatsSession.Emulator.Clock;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Journal;
using WhatsSession.Emulator.Sending;

namespace WhatsSession.Emulator.Graph;

/// <summary>The Graph API over HTTP: reads a request, lets faults act on it, keeps it in the journal, and starts the delivery of what was accepted.</summary>
internal sealed class GraphEndpoint(
    GraphRouter router, EmulatorFaults faults, EventJournal journal, Courier courier, MetaTime time, ClockFeed feed, OwnAddress address)
{
    public async Task AnswerAsync(HttpContext context, string path)
    {
        await feed.PassAsync(context.RequestAborted).ConfigureAwait(false);
        var request = await ReadAsync(context.Request, path, context.RequestAborted).ConfigureAwait(false);
        var next = faults.TakeResponse();
        await faults.DelayAsync(time.Clock, context.RequestAborted).ConfigureAwait(false);
        if (Refusal(next) is { } refusal)
        {
            journal.Record(request, refusal, time.Clock.GetUtcNow());
            await FinishAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        var (answer, accepted) = await router.AnswerAsync(request, context.RequestAborted).ConfigureAwait(false);
        var seen = next.Fault switch
        {
            ResponseFault.DropAfterAccepting => answer with { StatusCode = 0, WasCarriedOut = answer.StatusCode == 200 },
            ResponseFault.EmptyObject => answer with { Body = "{}"u8.ToArray(), StatusCode = 200, WasCarriedOut = answer.StatusCode == 200 },
            _ => answer,
        };
        journal.Record(request, seen, time.Clock.GetUtcNow());
        if (accepted is null)
        {
            await FinishAsync(context, seen).ConfigureAwait(false);
            return;
        }

        // Before the answer goes out, so that a caller who settles next finds the statuses; they wait for the answer all the same.
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        courier.Accept(accepted, answered.Task);
        try
        {
            await FinishAsync(context, seen).ConfigureAwait(false);
        }
        finally
        {
            answered.SetResult();
        }
    }

    public async Task FinishAsync(HttpContext context, GraphAnswer answer)
    {
        if (answer.StatusCode == 0)
        {
            // The peer sees a reset, not an orderly end.
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = answer.StatusCode;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        response.Headers.Date = time.Now.ToString("R", CultureInfo.InvariantCulture);
        if (answer.RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await response.Body.WriteAsync(answer.Body, context.RequestAborted).ConfigureAwait(false);
        await response.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>The answer of a fault that lets nothing be carried out.</summary>
    private static GraphAnswer? Refusal(EmulatorFaults.NextAnswer next) => next.Fault switch
    {
        _ when next.ErrorCode is { } code => GraphError.OfCode(code),
        ResponseFault.ConnectionReset => new() { StatusCode = 0, Body = default },
        ResponseFault.TooManyRequests => GraphError.ThroughputLimit with { HttpStatus = 429 },
        ResponseFault.TooManyRequestsWithRetryAfter => (GraphAnswer)(GraphError.ThroughputLimit with { HttpStatus = 429 }) with { RetryAfter = 30 },
        ResponseFault.ServerError => GraphError.SomethingWrong,
        ResponseFault.BadGatewayHtml => new()
        {
            StatusCode = 502,
            Body = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"u8.ToArray(),
            ContentType = "text/html; charset=UTF-8",
        },
        ResponseFault.EmptyUnavailable => new() { StatusCode = 503, Body = default },
        _ => null,
    };

    private async Task<GraphRequest> ReadAsync(HttpRequest request, string path, CancellationToken cancellationToken)
    {
        var isFile = path.EndsWith("/media", StringComparison.Ordinal) || path.Contains('/' + ResumableUploads.Prefix, StringComparison.Ordinal);
        var longest = isFile ? RequestBody.LongestFile : RequestBody.LongestJson;
        var (body, tooLong) = await RequestBody.ReadAsync(request, longest, cancellationToken).ConfigureAwait(false);
        return new()
        {
            Method = request.Method,
            Path = path,
            Query = name => request.Query[name] is [var value, ..] ? value : null,
            Authorization = request.Headers.Authorization,
            ContentType = request.ContentType,
            FileOffset = isFile && request.Headers["file_offset"] is [var offset, ..] ? offset : null,
            Body = body,
            BodyTooLong = tooLong,
            IsFile = isFile,
            BaseAddress = Uri.TryCreate($"{request.Scheme}://{request.Host.Value}/", UriKind.Absolute, out var named) ? named : address.Value,
        };
    }
}
