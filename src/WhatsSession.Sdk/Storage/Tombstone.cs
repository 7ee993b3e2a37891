using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace WhatsSession.Storage;

/// <summary>
/// What is kept of an erased identifier or message id: a hash with a secret of the store. Without the secret nobody can find out what was erased.
/// </summary>
/// <remarks>Equality is by value.</remarks>
public readonly record struct Tombstone
{
    /// <summary>The length of a secret: 32 bytes.</summary>
    public const int SecretLength = 32;

    private readonly UInt128 _value;

    private Tombstone(UInt128 value) => _value = value;

    /// <summary>How long before an erasure a customer's event may be and still count as new, because clocks differ: 5 seconds.</summary>
    public static Duration Tolerance { get; } = Duration.FromSeconds(5);

    /// <summary>The tombstone of a party or of a message.</summary>
    /// <param name="secret">The store's secret: <see cref="SecretLength"/> random bytes.</param>
    /// <param name="number">The business number.</param>
    /// <param name="id">The party as <see cref="ConversationKey.Party"/> has it, or the message id.</param>
    public static Tombstone Of(ReadOnlySpan<byte> secret, PhoneNumberId number, string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{number.Value}\n{id}"), hash);
        return new Tombstone(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>The 16 bytes to keep.</summary>
    public byte[] ToByteArray()
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _value);
        return bytes;
    }

    /// <summary>
    /// Whether an event belongs to erased data: its message was erased, or its party was erased and the event is not later than the erasure. A send that was
    /// erased before its message had an id is identified by its intent.
    /// </summary>
    /// <param name="stored">The event.</param>
    /// <param name="find">When a party, a message or an intent of a number was erased; null when it was not.</param>
    public static bool Covers(StoredEvent stored, Func<PhoneNumberId, string, Instant?> find)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(find);
        if ((stored.Conversation?.Number ?? stored.Number) is not { } number)
        {
            return false;
        }

        return (stored.Message is { } message && find(number, message.Value) is not null)
            || (stored.Facts?.Intent is { } intent && find(number, intent.ToString()) is not null)
            || (stored.Conversation is { } conversation && find(number, conversation.Party) is { } erased && stored.Timestamp <= erased - Tolerance);
    }

    /// <summary>A form for logs: nothing of the hash.</summary>
    public override string ToString() => nameof(Tombstone);
}
