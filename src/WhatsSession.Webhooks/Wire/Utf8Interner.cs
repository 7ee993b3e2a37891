using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using WhatsSession.Shared;

namespace WhatsSession.Wire;

/// <summary>
/// Strings that recur in every payload (business numbers, accounts, MIME types), each made once. A fixed table, so that hostile input cannot make it grow.
/// </summary>
internal static class Utf8Interner
{
    private const int Size = 1024;
    private const int LongestKept = 64;

    private static readonly Entry?[] Table = new Entry?[Size];

    /// <summary>The value that a reader stands on as text, where few different values are expected.</summary>
    public static string? Read(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.Number && !reader.ValueIsEscaped ? Get(reader.ValueSpan) : JsonText.Read(ref reader);

    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestKept)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        // A racing writer replaces the entry whole; a collision costs one string.
        ref var slot = ref Table[XxHash3.HashToUInt64(utf8) % Size];
        if (Volatile.Read(ref slot) is { } entry && utf8.SequenceEqual(entry.Utf8))
        {
            return entry.Text;
        }

        var made = new Entry(utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        Volatile.Write(ref slot, made);
        return made.Text;
    }

    private sealed record Entry(byte[] Utf8, string Text);
}
