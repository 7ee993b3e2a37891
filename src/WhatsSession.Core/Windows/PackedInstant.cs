using NodaTime;

namespace WhatsSession.Windows;

/// <summary>An instant or none in eight bytes. <c>default</c> is none, which is earlier than every instant.</summary>
internal readonly record struct PackedInstant
{
    public static readonly PackedInstant Epoch = Of(NodaConstants.UnixEpoch);

    private static readonly Instant Earliest = NodaConstants.UnixEpoch + Duration.FromNanoseconds(long.MinValue + 2);
    private static readonly Instant Latest = NodaConstants.UnixEpoch + Duration.FromNanoseconds(long.MaxValue);

    // Nanoseconds since 1970 with the sign bit flipped, so that zero is free for none and the order is that of unsigned numbers.
    private readonly ulong _bits;

    private PackedInstant(ulong bits) => _bits = bits;

    public bool HasValue => _bits != 0;

    public Instant? Value => _bits == 0 ? null : NodaConstants.UnixEpoch + Duration.FromNanoseconds((long)(_bits ^ (1UL << 63)));

    public static PackedInstant Of(Instant? at)
    {
        if (at is not { } value)
        {
            return default;
        }

        var kept = value < Earliest ? Earliest : value > Latest ? Latest : value;
        return new PackedInstant((ulong)(kept - NodaConstants.UnixEpoch).ToInt64Nanoseconds() ^ (1UL << 63));
    }

    public static bool IsLater(PackedInstant left, PackedInstant right) => left._bits > right._bits;

    public static PackedInstant Later(PackedInstant left, PackedInstant right) => left._bits >= right._bits ? left : right;

    /// <summary>The earlier of two instants; the other one where one is none.</summary>
    public static PackedInstant Earlier(PackedInstant left, PackedInstant right) =>
        left._bits == 0 ? right : right._bits == 0 ? left : left._bits <= right._bits ? left : right;
}
