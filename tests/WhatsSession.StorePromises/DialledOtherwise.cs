using System.Net.Http.Headers;

namespace WhatsSession.StorePromises;

/// <summary>Meta for a number that people dial otherwise than it writes it: it takes both, and its answer names the mapping.</summary>
internal sealed class DialledOtherwise(string dialled, string canonical) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "";
        if (!sent.Contains($"\"to\":\"{dialled}\"", StringComparison.Ordinal))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        request.Content = Json(sent.Replace($"\"to\":\"{dialled}\"", $"\"to\":\"{canonical}\"", StringComparison.Ordinal));
        var response = await base.SendAsync(request, cancellationToken);
        var answer = await response.Content.ReadAsStringAsync(cancellationToken);
        response.Content = Json(answer.Replace($"\"input\":\"{canonical}\"", $"\"input\":\"{dialled}\"", StringComparison.Ordinal));
        return response;
    }

    private static StringContent Json(string text) => new(text, new MediaTypeHeaderValue("application/json"));
}
