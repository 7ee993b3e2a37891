using System.Text;

namespace WhatsSession.Messages;

/// <summary>The length of a text as the platform's limits count it.</summary>
internal static class TextLength
{
    /// <summary>Unicode code points: an emoji outside the basic plane is one, a combining mark is one of its own, a lone surrogate is one.</summary>
    public static int Of(string text)
    {
        var count = 0;
        foreach (Rune _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
