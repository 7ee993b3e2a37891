using System.Globalization;

namespace WhatsSession.Emulator.Numbers;

/// <summary>What a business number must be like.</summary>
internal static class NumberRules
{
    /// <returns>A number with default facts; each one's phone number is one after that of the number before it.</returns>
    /// <param name="id">The phone number id.</param>
    /// <param name="earlier">How many numbers there are.</param>
    public static EmulatedNumber Standard(string id, int earlier)
    {
        var number = new EmulatedNumber { Id = id };
        var first = long.Parse(number.DisplayPhoneNumber, CultureInfo.InvariantCulture);
        return number with { DisplayPhoneNumber = (first + earlier).ToString(CultureInfo.InvariantCulture) };
    }

    /// <returns>The number, its phone number in digits alone.</returns>
    /// <exception cref="ArgumentException">Something in it is wrong, or it is there already.</exception>
    public static EmulatedNumber Checked(EmulatedNumber number, IReadOnlyList<EmulatedNumber> others)
    {
        ThrowUnlessDigits(number.Id, "A phone number id", nameof(number));
        ThrowUnlessDigits(number.BusinessAccountId, "A business account id", nameof(number));
        if (PhoneDigits.Find(number.DisplayPhoneNumber) is not { } digits)
        {
            throw new ArgumentException($"'{number.DisplayPhoneNumber}' is not a phone number: give 7 to 15 digits with the country code.", nameof(number));
        }

        if (string.IsNullOrWhiteSpace(number.AccessToken))
        {
            throw new ArgumentException($"Number {number.Id} has an empty access token: give any text, such as 'dev'.", nameof(number));
        }

        if (number.MessagesPerSecond < 1)
        {
            throw new ArgumentException($"Number {number.Id} handles {number.MessagesPerSecond} messages in a second: give 1 or more.", nameof(number));
        }

        if (number.AllowedRecipients.FirstOrDefault(static a => PhoneDigits.Find(a) is null) is { } stranger)
        {
            throw new ArgumentException(
                $"The allowed recipient '{stranger}' is not a phone number: give 7 to 15 digits with the country code.",
                nameof(number));
        }

        if (others.Any(n => string.Equals(n.Id, number.Id, StringComparison.Ordinal)))
        {
            throw new ArgumentException($"Number {number.Id} was added before: give each number its own id.", nameof(number));
        }

        return number with { DisplayPhoneNumber = digits };
    }

    private static void ThrowUnlessDigits(string text, string what, string parameter)
    {
        if (string.IsNullOrEmpty(text) || text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            throw new ArgumentException($"{what} is all digits; '{text}' is not.", parameter);
        }
    }
}
