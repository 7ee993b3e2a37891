using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WhatsSession.Emulator.Http;

/// <summary>
/// JSON as Meta writes it: minified, every slash and every non-ASCII character escaped.
/// A consumer that checks signatures over re-written JSON fails here as it would there.
/// </summary>
internal static class WireJson
{
    private const int LongestSpare = 64 * 1024;

    private static readonly SearchValues<byte> AsIs = SearchValues.Create([.. Enumerable.Range(0, 0x80).Select(b => (byte)b).Where(b => b != '/')]);
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _spare;

    [ThreadStatic]
    private static Utf8JsonWriter? _spareWriter;

    public static byte[] Write<T>(T state, Action<Utf8JsonWriter, T> write) => Write(state, write, static plain => Escape(plain));

    /// <summary>
    /// A part of a body, to be put into one with
    /// <see cref="Utf8JsonWriter.WriteRawValue(ReadOnlySpan{byte}, bool)"/>: nothing is escaped yet that need not be.
    /// </summary>
    public static byte[] Fragment<T>(T state, Action<Utf8JsonWriter, T> write) => Write(state, write, static plain => plain.ToArray());

    private delegate byte[] Finish(ReadOnlySpan<byte> plain);

    private static byte[] Write<T>(T state, Action<Utf8JsonWriter, T> write, Finish finish)
    {
        var plain = _spare ?? new ArrayBufferWriter<byte>(1024);
        _spare = null;
        plain.ResetWrittenCount();
        var json = _spareWriter ?? new Utf8JsonWriter(plain, Plain);
        _spareWriter = null;
        json.Reset(plain);
        write(json, state);
        json.Flush();
        _spareWriter = json;
        var bytes = finish(plain.WrittenSpan);
        if (plain.Capacity <= LongestSpare)
        {
            _spare = plain;
        }

        return bytes;
    }

    private static byte[] Escape(ReadOnlySpan<byte> json)
    {
        if (json.IndexOfAnyExcept(AsIs) < 0)
        {
            return json.ToArray();
        }

        var escaped = new ArrayBufferWriter<byte>(json.Length + 64);
        while (!json.IsEmpty)
        {
            var stop = json.IndexOfAnyExcept(AsIs);
            if (stop < 0)
            {
                escaped.Write(json);
                break;
            }

            escaped.Write(json[..stop]);
            json = json[stop..];
            if (json[0] == '/')
            {
                escaped.Write("\\/"u8);
                json = json[1..];
                continue;
            }

            _ = Rune.DecodeFromUtf8(json, out var rune, out var read);
            foreach (var unit in rune.ToString())
            {
                WriteUnit(escaped, unit);
            }

            json = json[read..];
        }

        return escaped.WrittenSpan.ToArray();
    }

    private static void WriteUnit(ArrayBufferWriter<byte> escaped, char unit)
    {
        var hex = "0123456789abcdef"u8;
        escaped.Write([(byte)'\\', (byte)'u', hex[unit >> 12], hex[(unit >> 8) & 0xF], hex[(unit >> 4) & 0xF], hex[unit & 0xF]]);
    }
}
