using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using WhatsSession.Identity;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The id that Meta gives a message (a <c>wamid</c>). Opaque; its base64 contains the customer's phone number.</summary>
/// <remarks>
/// Equality is ordinal. <c>default</c> is no message: its <see cref="Value"/> is empty and <see cref="Parse"/> never returns it. <see cref="ToString"/> is a
/// hash, so it can be logged.
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<MessageId>))]
public readonly record struct MessageId : IJsonText<MessageId>
{
    private readonly string? _value;

    private MessageId(string value) => _value = value;

    /// <summary>The id as Meta writes it; empty for <c>default</c>. Personal data.</summary>
    public string Value => _value ?? "";

    /// <summary>
    /// Reads an id: 1 to 512 printable ASCII characters without spaces. The <c>wamid.</c> prefix is not required, because Meta's test payloads do not have it.
    /// </summary>
    /// <exception cref="FormatException"><paramref name="text"/> is not such an id.</exception>
    public static MessageId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException(
                $"The value of {text?.Length ?? 0} characters is not a message id: 1 to 512 printable ASCII characters without spaces, as Meta returned it.");

    /// <summary>Reads an id as <see cref="Parse"/> does, without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MessageId id)
    {
        var valid = Grammar.IsToken(text, 512);
        id = valid ? new MessageId(text!) : default;
        return valid;
    }

    /// <summary>A form for logs: a hash of the id, the same in every process.</summary>
    public override string ToString() => $"message:{Redaction.Hash(Value)}";

    static string? IJsonText<MessageId>.ToJson(MessageId value) => value._value;

    static MessageId? IJsonText<MessageId>.FromJson(string? text) => TryParse(text, out var id) ? id : null;
}
