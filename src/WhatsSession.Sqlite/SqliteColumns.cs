using System.Runtime.InteropServices;

namespace WhatsSession;

/// <summary>How values stand in columns.</summary>
internal static class SqliteColumns
{
    public static byte[] ToBlob(this EventKey key)
    {
        var bytes = new byte[EventKey.Length];
        key.WriteTo(bytes);
        return bytes;
    }

    /// <summary>The bytes as an array: the one they stand in where it holds nothing else, else a copy.</summary>
    public static byte[] ToBlob(this ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment is { Array: { } array, Offset: 0 } && segment.Count == array.Length
            ? array
            : bytes.ToArray();
}
