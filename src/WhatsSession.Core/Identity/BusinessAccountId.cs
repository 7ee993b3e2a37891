using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using WhatsSession.Identity;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The id of a WhatsApp Business Account (WABA), such as <c>271828182845904</c>.</summary>
/// <remarks>
/// Equality is ordinal. <c>default</c> is no id: its <see cref="Value"/> is empty and <see cref="Parse"/> never returns it.
/// Not personal data, so <see cref="ToString"/> shows it whole.
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<BusinessAccountId>))]
public readonly record struct BusinessAccountId : IJsonText<BusinessAccountId>
{
    private readonly string? _value;

    private BusinessAccountId(string value) => _value = value;

    /// <summary>The id as Meta writes it: 1 to 32 ASCII digits; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Reads an id: 1 to 32 ASCII digits and nothing else.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is not such an id. Nothing is removed or guessed.</exception>
    public static BusinessAccountId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException(
                $"{Redaction.Quote(text)} is not a WhatsApp Business Account id: Meta's ids are 1 to 32 digits, such as 271828182845904.");

    /// <summary>Reads an id as <see cref="Parse"/> does, without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out BusinessAccountId id)
    {
        var valid = Grammar.IsDigits(text, 1, 32);
        id = valid ? new BusinessAccountId(text!) : default;
        return valid;
    }

    /// <inheritdoc />
    public override string ToString() => Value;

    static string? IJsonText<BusinessAccountId>.ToJson(BusinessAccountId value) => value._value;

    static BusinessAccountId? IJsonText<BusinessAccountId>.FromJson(string? text) => TryParse(text, out var id) ? id : null;
}
