using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using WhatsSession.Identity;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The opaque id of a WhatsApp group.</summary>
/// <remarks>
/// Equality is ordinal. <c>default</c> is no group: its <see cref="Value"/> is empty and <see cref="Parse"/> never returns it.
/// <see cref="ToString"/> is redacted.
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<GroupId>))]
public readonly record struct GroupId : IJsonText<GroupId>
{
    private readonly string? _value;

    private GroupId(string value) => _value = value;

    /// <summary>The id as Meta writes it; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Reads a group id: 1 to 256 printable ASCII characters without spaces.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is not such an id.</exception>
    public static GroupId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException(
                $"The value of {text?.Length ?? 0} characters is not a group id: 1 to 256 printable ASCII characters without spaces, as Meta's group "
                + "webhooks give it.");

    /// <summary>Reads a group id as <see cref="Parse"/> does, without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out GroupId id)
    {
        var valid = Grammar.IsToken(text, 256);
        id = valid ? new GroupId(text!) : default;
        return valid;
    }

    /// <summary>A form for logs.</summary>
    public override string ToString() => $"group:{Redaction.Hash(Value)}";

    static string? IJsonText<GroupId>.ToJson(GroupId value) => value._value;

    static GroupId? IJsonText<GroupId>.FromJson(string? text) => TryParse(text, out var id) ? id : null;
}
