using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using WhatsSession.Identity;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The id that Meta gives a business phone number, such as <c>314159265358979</c>. It is not the phone number itself.</summary>
/// <remarks>
/// Equality is ordinal. <c>default</c> is no id: its <see cref="Value"/> is empty and <see cref="Parse"/> never returns it.
/// Not personal data, so <see cref="ToString"/> shows it whole.
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<PhoneNumberId>))]
public readonly record struct PhoneNumberId : IJsonText<PhoneNumberId>
{
    private readonly string? _value;

    private PhoneNumberId(string value) => _value = value;

    /// <summary>The id as it stands on the wire: 1 to 32 ASCII digits; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Reads an id: 1 to 32 ASCII digits and nothing else.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is not such an id; nothing is stripped or guessed.</exception>
    public static PhoneNumberId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException(
                $"{Redaction.Quote(text)} is not a phone number id: Meta's ids are 1 to 32 digits, such as 314159265358979. Copy it from the API set-up "
                + "page of the app; it is not the phone number.");

    /// <summary>Reads an id as <see cref="Parse"/> does, without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PhoneNumberId id)
    {
        var valid = Grammar.IsDigits(text, 1, 32);
        id = valid ? new PhoneNumberId(text!) : default;
        return valid;
    }

    /// <inheritdoc />
    public override string ToString() => Value;

    static string? IJsonText<PhoneNumberId>.ToJson(PhoneNumberId value) => value._value;

    static PhoneNumberId? IJsonText<PhoneNumberId>.FromJson(string? text) => TryParse(text, out var id) ? id : null;
}
