using System.Text.Json;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Journal;
using WhatsSession.Emulator.Webhooks;

namespace WhatsSession.Emulator.Control;

/// <summary>Where webhooks go and how they fare, over HTTP.</summary>
internal sealed class WebhookPages(WebhookRoutes routes, HttpTargets targets, WebhookPump pump, EventJournal journal, ChangeFeed changes)
{
    private const int LatestWebhooks = 8;

    /// <summary>
    /// Connects, and tells whether the consumer answers the handshake: as Meta does. But a consumer may come up later, and the handshake is repeated until
    /// then.
    /// </summary>
    public async Task<GraphAnswer> ConnectAsync(GraphRequest request, CancellationToken cancellationToken)
    {
        HttpTarget? target = null;
        var read = JsonBody.Read(request, (root, fields) =>
        {
            var url = fields.Text(root, "url", FieldReader.AnyLength);
            var id = fields.OptionalText(root, "id", FieldReader.AnyLength);
            fields.Require(
                Uri.TryCreate(url, UriKind.Absolute, out var uri) && HttpTarget.Accepts(uri),
                GraphError.BadValue("'url' must be an absolute http or https URL."));
            if (fields.Error is { } error)
            {
                return error;
            }

            target = targets.To(uri!);
            routes.Connect(id, target);
            return GraphAnswer.Success;
        });
        if (target is null)
        {
            return read;
        }

        var verified = await targets.VerifyAsync(target, cancellationToken).ConfigureAwait(false);
        if (!verified)
        {
            _ = targets.RepeatAsync(target, () => routes.Has(target), changes.Tell);
        }

        changes.Tell();
        return GraphAnswer.Ok(verified, static (json, verified) =>
        {
            json.WriteStartObject();
            json.WriteBoolean("success", value: true);
            json.WriteBoolean("verified", verified);
            json.WriteEndObject();
        });
    }

    public GraphAnswer Disconnect(string? id)
    {
        routes.Connect(id, target: null);
        return GraphAnswer.Success;
    }

    public async Task<GraphAnswer> SettleAsync(CancellationToken cancellationToken)
    {
        await pump.SettleAsync(cancellationToken).ConfigureAwait(false);
        return GraphAnswer.Success;
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("webhooks");
        var app = routes.App;
        json.WriteBoolean("connected", app is not null);
        WriteTarget(json, app as HttpTarget);
        json.WriteStartArray("overrides");
        foreach (var (id, target) in routes.Overrides)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            WriteTarget(json, target);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("held", pump.Held);
        json.WriteNumber("waiting", pump.Waiting);
        json.WriteStartArray("latest");
        foreach (var webhook in journal.LatestWebhooks(LatestWebhooks))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", webhook.Sequence);
            json.WriteString("at", webhook.At);
            json.WriteString("kind", webhook.Kind);
            json.WriteNumber("attempts", webhook.Attempts);
            if (webhook.StatusCode is { } status)
            {
                json.WriteNumber("status_code", status);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTarget(Utf8JsonWriter json, HttpTarget? target)
    {
        json.WriteString("url", target?.Url.AbsoluteUri);
        if (target?.IsVerified is { } verified)
        {
            json.WriteBoolean("verified", verified);
        }
        else
        {
            json.WriteNull("verified");
        }
    }
}
