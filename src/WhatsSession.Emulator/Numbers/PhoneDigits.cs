namespace WhatsSession.Emulator.Numbers;

/// <summary>Meta's tolerant reading of phone numbers: an optional plus sign and punctuation around 7 to 15 digits.</summary>
internal static class PhoneDigits
{
    private const int Shortest = 7;
    private const int Longest = 15;

    public static string? Find(string? text)
    {
        if (text is null)
        {
            return null;
        }

        Span<char> digits = stackalloc char[Longest];
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                if (count == Longest)
                {
                    return null;
                }

                digits[count++] = c;
            }
            else if (c is not ('+' or '-' or ' ' or '(' or ')' or '.'))
            {
                return null;
            }
        }

        return count < Shortest ? null : new string(digits[..count]);
    }
}
