using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WhatsSession.Testing;

/// <summary>Stands where Meta would: keeps what is posted, and accepts it unless told otherwise.</summary>
internal sealed class Recorder : HttpMessageHandler
{
    private readonly ConcurrentQueue<SentMessage> _sent = [];
    private readonly ConcurrentQueue<int> _refusals = [];
    private int _accepted;

    public IReadOnlyList<SentMessage> Sent => [.. _sent];

    public void RefuseNext(int code) => _refusals.Enqueue(code);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath.Split('/');
        if (request.Method != HttpMethod.Post || path.Length < 2)
        {
            return Unanswered(request.Method);
        }

        switch (path[^1])
        {
            case "messages":
                using (var body = JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)))
                {
                    // A mark as read, or the typing indicator, is no message.
                    return body.RootElement.TryGetProperty("status", out _)
                        ? Answer(HttpStatusCode.OK, new JsonObject { ["success"] = true })
                        : Record(path[^2], body.RootElement.Clone());
                }

            case "media":
                return Answer(HttpStatusCode.OK, new JsonObject { ["id"] = "1000000000000001" });
            default:
                return Unanswered(request.Method);
        }
    }

    private HttpResponseMessage Record(string number, JsonElement body)
    {
        var id = FormattableString.Invariant($"wamid.c2VudC{Interlocked.Increment(ref _accepted):D8}");
        if (_refusals.TryDequeue(out var code))
        {
            _sent.Enqueue(new SentMessage(number, body, id, code));
            return Refused(code, "Refused in a test");
        }

        var message = new SentMessage(number, body, id, refusedWith: null);
        _sent.Enqueue(message);
        return Answer(HttpStatusCode.OK, new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["contacts"] = new JsonArray(new JsonObject
            {
                ["input"] = message.To,
                [body.TryGetProperty("recipient", out _) ? "user_id" : "wa_id"] = message.To.TrimStart('+'),
            }),
            ["messages"] = new JsonArray(new JsonObject { ["id"] = id }),
        });
    }

    private static HttpResponseMessage Unanswered(HttpMethod method) =>
        Refused(100, $"The recorder of a test answers no {method.Method} of this kind; use the emulator for it");

    private static HttpResponseMessage Refused(int code, string text) => Answer(HttpStatusCode.BadRequest, new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["message"] = FormattableString.Invariant($"(#{code}) {text}"),
            ["type"] = "OAuthException",
            ["code"] = code,
            ["fbtrace_id"] = "test",
        },
    });

    private static HttpResponseMessage Answer(HttpStatusCode status, JsonObject body) =>
        new(status) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
}
