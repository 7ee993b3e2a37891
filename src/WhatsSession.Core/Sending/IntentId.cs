using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>
/// Our own id of one send: 128 random bits. It is part of the message's callback data, so statuses can be matched to the send even if Meta's answer was lost.
/// </summary>
/// <remarks>
/// Equality is by value. <c>default</c> is no intent and <see cref="Parse"/> never returns it. Not personal data: <see cref="ToString"/> shows it whole.
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<IntentId>))]
public readonly record struct IntentId : IJsonText<IntentId>
{
    /// <summary>The length of the text form: 22 characters of base64url.</summary>
    public const int TextLength = 22;

    [ThreadStatic]
    private static RandomPool? _pool;

    private readonly UInt128 _value;

    private IntentId(UInt128 value) => _value = value;

    /// <summary>A new random id.</summary>
    public static IntentId New()
    {
        // One call to the system's generator serves many ids: its cost is in the call.
        var pool = _pool ??= new RandomPool();
        return new IntentId(BinaryPrimitives.ReadUInt128BigEndian(pool.Next()));
    }

    /// <summary>
    /// The id of a send that follows from another one. It is always the same for the same arguments, so that the second send is not made twice.
    /// </summary>
    /// <param name="cause">The send that it follows from.</param>
    /// <param name="purpose">What it is for: one word.</param>
    /// <exception cref="ArgumentNullException"><paramref name="purpose"/> is null.</exception>
    public static IntentId Following(IntentId cause, string purpose)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        return Naming(Encoding.UTF8.GetBytes(cause.ToString() + purpose));
    }

    /// <summary>The id of a send that is identified by its purpose: a hash of it, the same in every process and version.</summary>
    /// <param name="identity">What identifies the send.</param>
    public static IntentId Naming(ReadOnlySpan<byte> identity)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(identity, hash);
        return new IntentId(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>Reads the text form: 22 characters of base64url.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is not such an id.</exception>
    public static IntentId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException(
                $"The value of {text?.Length ?? 0} characters is not an intent id: 22 characters of base64url, as {nameof(IntentId)}.{nameof(ToString)} "
                + "gives it.");

    /// <summary>Reads the text form without throwing.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out IntentId id)
    {
        id = default;
        if (text is not { Length: TextLength })
        {
            return false;
        }

        Span<byte> utf8 = stackalloc byte[TextLength];
        return Ascii.FromUtf16(text, utf8, out _) == OperationStatus.Done && TryParse(utf8, out id);
    }

    /// <summary>Reads the text form in UTF-8 without throwing.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out IntentId id)
    {
        id = default;
        Span<byte> bytes = stackalloc byte[18];
        if (utf8.Length != TextLength || !Decode(utf8, bytes))
        {
            return false;
        }

        id = new IntentId(BinaryPrimitives.ReadUInt128BigEndian(bytes));
        return id != default;
    }

    /// <summary>Writes the text form in UTF-8.</summary>
    /// <returns>The number of bytes written, always 22.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than 22 bytes.</exception>
    public int Format(Span<byte> destination)
    {
        if (destination.Length < TextLength)
        {
            throw new ArgumentException("An intent id takes 22 bytes.", nameof(destination));
        }

        Span<byte> bytes = stackalloc byte[18];
        Span<byte> padded = stackalloc byte[24];
        bytes.Clear();
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _value);
        Base64.EncodeToUtf8(bytes, padded, out _, out _);
        for (var i = 0; i < TextLength; i++)
        {
            destination[i] = padded[i] switch { (byte)'+' => (byte)'-', (byte)'/' => (byte)'_', var b => b };
        }

        return TextLength;
    }

    /// <summary>The text form: 22 characters of base64url.</summary>
    public override string ToString()
    {
        Span<byte> utf8 = stackalloc byte[TextLength];
        Format(utf8);
        return Encoding.ASCII.GetString(utf8);
    }

    static string? IJsonText<IntentId>.ToJson(IntentId value) => value == default ? null : value.ToString();

    static IntentId? IJsonText<IntentId>.FromJson(string? text) => TryParse(text, out var id) ? id : null;

    private static bool Decode(ReadOnlySpan<byte> text, Span<byte> bytes)
    {
        Span<byte> padded = stackalloc byte[24];
        padded[TextLength..].Fill((byte)'A');
        for (var i = 0; i < TextLength; i++)
        {
            var b = text[i];
            if (b is (byte)'+' or (byte)'/')
            {
                return false;
            }

            padded[i] = b switch { (byte)'-' => (byte)'+', (byte)'_' => (byte)'/', _ => b };
        }

        return Base64.DecodeFromUtf8(padded, bytes, out _, out var written) == OperationStatus.Done
            && written == 18
            && bytes[16] == 0 && bytes[17] == 0;
    }

    private sealed class RandomPool
    {
        private readonly byte[] _bytes = new byte[64 * 16];
        private int _used = 64 * 16;

        public ReadOnlySpan<byte> Next()
        {
            if (_used == _bytes.Length)
            {
                RandomNumberGenerator.Fill(_bytes);
                _used = 0;
            }

            _used += 16;
            return _bytes.AsSpan(_used - 16, 16);
        }
    }
}
