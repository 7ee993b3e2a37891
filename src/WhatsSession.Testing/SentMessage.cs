using System.Text.Json;

namespace WhatsSession.Testing;

/// <summary>A message that was posted to Meta.</summary>
/// <remarks>Immutable.</remarks>
public sealed class SentMessage
{
    private readonly JsonElement _json;

    internal SentMessage(string number, JsonElement json, string messageId, int? refusedWith)
    {
        _json = json;
        Number = PhoneNumberId.Parse(number);
        MessageId = MessageId.Parse(messageId);
        RefusedWith = refusedWith;
    }

    /// <summary>The business number that it was sent from.</summary>
    public PhoneNumberId Number { get; }

    /// <summary>The customer or the group that it was sent to, as it was written.</summary>
    public string To => Find("to") ?? Find("recipient") ?? "";

    /// <summary>Meta's word for its kind, such as <c>text</c>, <c>interactive</c> or <c>template</c>.</summary>
    public string Type => Find("type") ?? "";

    /// <summary>The text of a text message; null for others.</summary>
    public string? Text => Find("text", "body");

    /// <summary>The name of the template; null for a session message.</summary>
    public string? Template => Find("template", "name");

    /// <summary>The id that the recorder gave the message. Use it to make a status: <see cref="Events.Status(WhatsSession.MessageId, string)"/>.</summary>
    public MessageId MessageId { get; }

    /// <summary>The code with which it was refused; null when it was accepted.</summary>
    public int? RefusedWith { get; }

    /// <summary>The whole body.</summary>
    public JsonElement Json => _json;

    /// <summary>The kind, without content.</summary>
    public override string ToString() => $"{nameof(SentMessage)} {Type}";

    private string? Find(params ReadOnlySpan<string> path)
    {
        var at = _json;
        foreach (var name in path)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at.ValueKind == JsonValueKind.String ? at.GetString() : null;
    }
}
