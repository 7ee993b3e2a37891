using System.Buffers;

namespace WhatsSession.Options;

/// <summary>What cannot be right about an id of Meta's.</summary>
internal static class IdText
{
    private const string WhatNumber = "Meta's id of the number, 1 to 32 digits, such as 314159265358979 (API Setup page of the Meta app: \"Phone number ID\")";

    // No id of a number that was ever seen is so short, and a phone number with its country code is.
    private const int ShortestPhone = 8;
    private const int LongestPhone = 13;

    private static readonly SearchValues<char> PhoneCharacters = SearchValues.Create("+0123456789 ()-./");

    /// <summary>What is wrong with the id of a business number.</summary>
    /// <returns>What follows its key in a sentence, without the full stop; null when nothing is wrong.</returns>
    public static string? ProblemOfNumber(string? value) => value switch
    {
        null or "" => $"is missing; set it to {WhatNumber}",
        _ when PhoneNumberId.TryParse(value, out _) => null,
        _ when SecretText.IsPlaceholder(value) => SecretText.PlaceholderOf(value, WhatNumber),
        _ when IsLikePhone(value) => $"is \"{value}\", the phone number; set it to {WhatNumber}",
        _ => $"{Quote(value)}; it must be {WhatNumber}",
    };

    /// <summary>Whether an id of a number that Meta could have given out may be the phone number all the same.</summary>
    public static bool MayBePhone(string id) => id.Length is >= ShortestPhone and <= LongestPhone;

    /// <summary>What is wrong with another id, which may be left out.</summary>
    /// <inheritdoc cref="ProblemOfNumber" />
    public static string? ProblemOf(string? value, string what) =>
        value is null || BusinessAccountId.TryParse(value, out _) ? null : $"{Quote(value)}; it must be {what}, 1 to 32 digits, or left out";

    /// <summary>A value where an id belongs: a short one is quoted; a long one may be a token in the wrong place and is told by its length.</summary>
    public static string Quote(string value) =>
        value.Length > 20
            ? FormattableString.Invariant($"has {value.Length} characters")
            : $"is \"{value}\"";

    private static bool IsLikePhone(string value) =>
        value.Length <= 20 && value.Count(char.IsAsciiDigit) >= ShortestPhone && !value.AsSpan().ContainsAnyExcept(PhoneCharacters);
}
