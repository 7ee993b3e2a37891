using System.Text.Json;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Webhooks;

namespace WhatsSession.Emulator.Graph;

/// <summary>Callbacks of their own for a number or an account, in place of the app's.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override, read 10 March 2026.</remarks>
internal sealed class CallbackEdge(WebhookRoutes routes, HttpTargets targets)
{
    private const int LongestUrl = 200;

    public Task<GraphAnswer> OfNumberAsync(EmulatedNumber number, GraphRequest request, CancellationToken cancellationToken) =>
        SetAsync(number.Id, request, static (root, fields) => fields.Object(root, "webhook_configuration"), cancellationToken);

    /// <summary>Subscribes the app, with a callback of its own if the request names one.</summary>
    public async Task<GraphAnswer> OfAccountAsync(string accountId, GraphRequest request, CancellationToken cancellationToken)
    {
        var answer = await SetAsync(accountId, request, static (root, _) => root, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode == 200)
        {
            routes.Subscribe(accountId, on: true);
        }

        return answer;
    }

    /// <summary>The app gets no webhooks of the account from now on, until it subscribes again.</summary>
    public GraphAnswer Unsubscribe(string accountId)
    {
        routes.Subscribe(accountId, on: false);
        return Reset(accountId);
    }

    private GraphAnswer Reset(string id)
    {
        routes.Override(id, null);
        return GraphAnswer.Success;
    }

    /// <summary>An empty URL takes the override back; a new one must repeat the challenge first.</summary>
    private async Task<GraphAnswer> SetAsync(
        string id, GraphRequest request, Func<JsonElement, FieldReader, JsonElement> find, CancellationToken cancellationToken)
    {
        string? url = null, token = null;
        if (request.Body.Length > 0)
        {
            var read = JsonBody.Read(request, (root, fields) =>
            {
                var configuration = find(root, fields);
                url = fields.OptionalText(configuration, "override_callback_uri", LongestUrl);
                token = fields.OptionalText(configuration, "verify_token", FieldReader.AnyLength);
                fields.Require(string.IsNullOrEmpty(url) || !string.IsNullOrEmpty(token), GraphError.Invalid("The parameter 'verify_token' is required."));
                return fields.Error is { } error ? error : GraphAnswer.Success;
            });
            if (read.StatusCode != 200)
            {
                return read;
            }
        }

        if (string.IsNullOrEmpty(url))
        {
            return Reset(id);
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !HttpTarget.Accepts(uri))
        {
            return GraphError.Invalid("Param 'override_callback_uri' must be an http or https URL.");
        }

        var target = targets.To(uri);
        if (!await target.VerifyAsync(token!, cancellationToken).ConfigureAwait(false))
        {
            return GraphError.Invalid("The callback did not answer the challenge: it must repeat 'hub.challenge' when 'hub.verify_token' is right.");
        }

        routes.Override(id, target);
        return GraphAnswer.Success;
    }
}
