using System.Text;

namespace WhatsSession.Storage;

/// <summary>The words of a payload in quarantine. With them a store finds the payloads that name a customer without reading all payloads.</summary>
/// <remarks>
/// A word is a run of ASCII letters and digits, so an identifier is one word or several. A store keeps <see cref="Of"/> with a payload. To erase a customer
/// it looks up <see cref="For"/> and asks <see cref="QuarantinedPayload.Names"/> of what it finds.
/// </remarks>
public static class QuarantineWords
{
    /// <summary>Stands for all words of a payload that has too many words to keep. Such a payload must be read.</summary>
    public const string Any = "";

    /// <summary>The maximum number of words that are kept for a payload: 10,000.</summary>
    public const int Most = 10_000;

    // A group id is the longest identifier.
    private const int Longest = 256;

    /// <summary>The words of a payload, each once; <see cref="Any"/> alone when they are more than <see cref="Most"/>.</summary>
    public static IReadOnlyCollection<string> Of(ReadOnlySpan<byte> payload)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        for (var start = 0; start < payload.Length; start++)
        {
            var length = LengthAt(payload[start..]);
            if (length is > 0 and <= Longest && words.Add(Encoding.ASCII.GetString(payload.Slice(start, length))) && words.Count > Most)
            {
                return [Any];
            }

            start += length;
        }

        return words;
    }

    /// <summary>The words to look up for a customer or a group: the longest word of its identifier, and <see cref="Any"/>.</summary>
    /// <param name="conversation">The conversation, by the identifier that is looked for.</param>
    public static IReadOnlyList<string> For(ConversationKey conversation)
    {
        ReadOnlySpan<byte> name = Encoding.UTF8.GetBytes(conversation.Customer?.Value ?? conversation.Group?.Value ?? conversation.Party);
        ReadOnlySpan<byte> longest = [];
        for (var start = 0; start < name.Length; start++)
        {
            var length = LengthAt(name[start..]);
            longest = length > longest.Length ? name.Slice(start, length) : longest;
            start += length;
        }

        return [Encoding.ASCII.GetString(longest), Any];
    }

    private static int LengthAt(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length && char.IsAsciiLetterOrDigit((char)text[length]))
        {
            length++;
        }

        return length;
    }
}
