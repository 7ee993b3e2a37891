using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>
/// The identity of a webhook event, by which redeliveries are recognised: a 16-byte hash of number or account, lane and Meta's own id of the event.
/// </summary>
/// <remarks>
/// Equality is by value. <c>default</c> is no event. Not personal data. Stores keep keys for days, so the same event has the same key in every process and
/// version: XxHash128 over owner, lane, id and part in UTF-8. The ids come from Meta, in payloads whose signature was checked, so nobody can choose ids that
/// collide.
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<EventKey>))]
public readonly record struct EventKey : IJsonText<EventKey>
{
    /// <summary>The length in bytes.</summary>
    public const int Length = 16;

    private readonly UInt128 _value;

    private EventKey(UInt128 value) => _value = value;

    /// <summary>The key of the event that Meta knows by <paramref name="id"/>.</summary>
    /// <param name="owner">The phone number id, or the account id of an event without a number.</param>
    /// <param name="lane">The lane it arrived on. So the copy of a message in the history never hides the live message.</param>
    /// <param name="id">What identifies it within the lane, such as the message id.</param>
    public static EventKey Of(ReadOnlySpan<char> owner, EventLane lane, ReadOnlySpan<char> id) => Of(owner, lane, id, part: default);

    /// <summary>The key of one of several events that Meta knows by one <paramref name="id"/>.</summary>
    /// <param name="owner">The phone number id, or the account id of an event without a number.</param>
    /// <param name="lane">The lane it arrived on.</param>
    /// <param name="id">What identifies them within the lane, such as the message id.</param>
    /// <param name="part">What makes them different, such as the status and the participant.</param>
    public static EventKey Of(ReadOnlySpan<char> owner, EventLane lane, ReadOnlySpan<char> id, ReadOnlySpan<char> part)
    {
        Span<byte> stack = stackalloc byte[512];
        var most = (3 * (owner.Length + id.Length + part.Length)) + 4;
        var buffer = most <= stack.Length ? stack : new byte[most];
        var used = Encoding.UTF8.GetBytes(owner, buffer);
        buffer[used++] = 0;
        buffer[used++] = (byte)lane;
        used += Encoding.UTF8.GetBytes(id, buffer[used..]);
        buffer[used++] = 0;
        used += Encoding.UTF8.GetBytes(part, buffer[used..]);
        return new EventKey(XxHash128.HashToUInt128(buffer[..used]));
    }

    /// <summary>The key of an event without an id: of its field and its own JSON.</summary>
    public static EventKey OfContent(ReadOnlySpan<char> owner, EventLane lane, ReadOnlySpan<char> field, ReadOnlySpan<byte> slice)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(slice, digest);
        Span<char> text = stackalloc char[2 * SHA256.HashSizeInBytes];
        for (var i = 0; i < digest.Length; i++)
        {
            digest[i].TryFormat(text[(2 * i)..], out _, "X2", CultureInfo.InvariantCulture);
        }

        return Of(owner, lane, field, text);
    }

    /// <summary>Reads the 16 bytes that <see cref="WriteTo"/> wrote.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> is not 16 bytes long.</exception>
    public static EventKey FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Length
            ? new EventKey(BinaryPrimitives.ReadUInt128BigEndian(bytes))
            : throw new ArgumentException("An event key is 16 bytes long.", nameof(bytes));

    /// <summary>Writes the 16 bytes of the key.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="destination"/> is shorter than 16 bytes.</exception>
    public void WriteTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, _value);

    /// <summary>The key in hexadecimal.</summary>
    public override string ToString() => _value.ToString("x32", CultureInfo.InvariantCulture);

    static string? IJsonText<EventKey>.ToJson(EventKey value) => value == default ? null : value.ToString();

    static EventKey? IJsonText<EventKey>.FromJson(string? text) =>
        text is { Length: 2 * Length } && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? new EventKey(value)
            : null;
}
