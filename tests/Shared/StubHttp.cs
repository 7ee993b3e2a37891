using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace WhatsSession.Tests;

/// <summary>Meta's side of HTTP without a connection: keeps what was sent and answers as told.</summary>
internal sealed class StubHttp : HttpMessageHandler
{
    public const string AcceptedId = "wamid.c21wLWludmVudGVkLTAx";

    private readonly ConcurrentQueue<SentRequest> _requests = [];

    public IReadOnlyList<SentRequest> Requests => [.. _requests];

    /// <summary>Called after the body was read.</summary>
    public Func<SentRequest, CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } = (_, _) => Task.FromResult(Accepted());

    public static HttpResponseMessage Accepted() => Json(HttpStatusCode.OK, Sample.Response("response-send-phone"));

    public static HttpResponseMessage RateLimited(TimeSpan retryAfter)
    {
        var response = Json(HttpStatusCode.BadRequest, Sample.Response("response-error-131056-pair-rate"));
        response.Headers.RetryAfter = new(retryAfter);
        return response;
    }

    /// <summary>The answer with a time of Meta's own.</summary>
    public static HttpResponseMessage At(DateTimeOffset date, HttpResponseMessage answer)
    {
        answer.Headers.Date = date;
        return answer;
    }

    public static HttpResponseMessage Json(HttpStatusCode status, byte[] body) =>
        new(status) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };

    public static HttpResponseMessage Json(HttpStatusCode status, string body) => Json(status, Encoding.UTF8.GetBytes(body));

    public void AnswerWith(HttpStatusCode status, byte[] body) => Answer = (_, _) => Task.FromResult(Json(status, body));

    public void AnswerWith(HttpStatusCode status, string body) => AnswerWith(status, Encoding.UTF8.GetBytes(body));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _ = request.Content?.Headers.ContentLength; // Computed when it is asked for, as a connection does.
        var sent = new SentRequest(
            request.Method,
            request.RequestUri!,
            request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken));
        _requests.Enqueue(sent);
        return await Answer(sent, cancellationToken);
    }
}
