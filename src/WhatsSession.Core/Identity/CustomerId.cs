using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using WhatsSession.Identity;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The identifier of a customer: a phone number (Meta's <c>wa_id</c>) or a business-scoped user id (BSUID).</summary>
/// <remarks>
/// Equality is ordinal, and the case of a BSUID counts. <c>default</c> is no customer: its <see cref="Value"/> is empty and <see cref="Parse"/> never returns
/// it.
/// <see cref="ToString"/> is redacted, so it can be logged. <see cref="Value"/> is personal data.
/// <para>A BSUID is two capital letters, a dot, optionally <c>ENT.</c> (a parent BSUID), and 1 to 128 letters or digits
/// (<see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids">Meta, read 7 May 2026</see>).</para>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<CustomerId>))]
public readonly record struct CustomerId : IJsonText<CustomerId>
{
    private readonly string? _value;

    private CustomerId(string value) => _value = value;

    /// <summary>The identifier as Meta writes it: the digits of a phone number without a plus sign, or the whole BSUID.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether this is a phone number.</summary>
    public bool IsPhone => _value is { Length: > 0 } value && char.IsAsciiDigit(value[0]);

    /// <summary>Whether this is a business-scoped user id. A parent BSUID counts too.</summary>
    public bool IsBusinessScoped => _value is { Length: > 0 } value && !char.IsAsciiDigit(value[0]);

    /// <summary>Reads a phone number in international form (5 to 15 digits, the first not zero, with or without a leading plus sign) or a BSUID.</summary>
    /// <exception cref="FormatException">
    /// <paramref name="text"/> is neither. Spaces, dashes and brackets are not removed, and no country is guessed.
    /// </exception>
    public static CustomerId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException(
                $"The value of {text?.Length ?? 0} characters is neither a phone number nor a business-scoped user id. "
                + "Give a phone number in international form as digits (15550001234 or +15550001234), or a BSUID whole (two letters, a dot, letters and "
                + "digits).");

    /// <summary>Reads an identifier as <see cref="Parse"/> does, without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CustomerId id)
    {
        id = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        if (text[0] == '+' || char.IsAsciiDigit(text[0]))
        {
            var digits = text[0] == '+' ? text.AsSpan(1) : text;
            if (!Grammar.IsDigits(digits, 5, 15) || digits[0] == '0')
            {
                return false;
            }

            id = new CustomerId(digits.Length == text.Length ? text : digits.ToString());
            return true;
        }

        if (!IsBusinessScopedId(text))
        {
            return false;
        }

        id = new CustomerId(text);
        return true;
    }

    /// <summary>A form for logs: the kind, the country of a BSUID, and the last two characters if the identifier is long enough.</summary>
    public override string ToString() => _value switch
    {
        null => "nobody",
        _ when IsPhone => $"phone:*{_value[^2..]}",
        _ => $"bsuid:{_value[..2]}.*{(_value.Length >= 13 ? _value[^2..] : "")}",
    };

    static string? IJsonText<CustomerId>.ToJson(CustomerId value) => value._value;

    static CustomerId? IJsonText<CustomerId>.FromJson(string? text) => TryParse(text, out var id) ? id : null;

    private static bool IsBusinessScopedId(ReadOnlySpan<char> text)
    {
        if (text.Length < 4 || !char.IsAsciiLetterUpper(text[0]) || !char.IsAsciiLetterUpper(text[1]) || text[2] != '.')
        {
            return false;
        }

        var rest = text[3..];
        if (rest.StartsWith("ENT.", StringComparison.Ordinal))
        {
            rest = rest[4..];
        }

        return Grammar.IsAlphanumeric(rest, 1, 128);
    }
}
