using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace WhatsSession.Storage.InMemory;

/// <summary>
/// What a row is found by: the index of a business number and a party, in 59 bits. A phone is held whole; of any other party a hash, and the name decides.
/// </summary>
/// <param name="Bits">The index (8 bits), whether there is a name (1 bit), the phone or the hash (50 bits).</param>
/// <param name="Name">The party; null for a phone.</param>
internal readonly record struct WindowKey(ulong Bits, string? Name)
{
    /// <summary>
    /// The most business numbers that one <see cref="WindowIndex"/> tells apart. Index zero is no number: it marks rows that are free or dead.
    /// </summary>
    public const int MaximumNumbers = (1 << 8) - 1;

    /// <summary>The bits of a key; the flags are above.</summary>
    public const ulong Mask = (1UL << 59) - 1;

    // The longest phone, 15 digits, takes 50 bits.
    private const int PartyBits = 50;
    private const ulong PartyMask = (1UL << PartyBits) - 1;
    private const ulong Named = 1UL << PartyBits;

    // Nobody outside can choose parties that collide.
    private static readonly ulong Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>The index of the business number.</summary>
    public int Number => (int)((Bits & Mask) >> (PartyBits + 1));

    /// <summary>The party in the form that <see cref="ConversationKey.Party"/> gives.</summary>
    public string Party => Name ?? (Bits & PartyMask).ToString(CultureInfo.InvariantCulture);

    public static WindowKey Of(int number, string party)
    {
        var high = (ulong)number << (PartyBits + 1);
        return char.IsAsciiDigit(party[0])
            ? new WindowKey(high | PackDigits(party), Name: null)
            : new WindowKey(high | Named | (XxHash3.HashToUInt64(MemoryMarshal.AsBytes(party.AsSpan()), (long)Seed) & PartyMask), party);
    }

    /// <summary>Whether a key of these bits has a name to compare.</summary>
    public static bool HasName(ulong bits) => (bits & Named) != 0;

    /// <summary>Whether keys of these bits and flags are of one business number, one by phone and one by name.</summary>
    public static bool AreOfTwoKinds(ulong left, ulong right) => ((left ^ right) & Mask) >> PartyBits == 1;

    /// <summary>Spreads keys over all 64 bits, neighbouring phones too.</summary>
    public static ulong Hash(ulong bits)
    {
        var hash = ((bits & Mask) ^ Seed) * 0x9E3779B97F4A7C15;
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93;
        return hash ^ (hash >> 32);
    }

    private static ulong PackDigits(string digits)
    {
        var value = 0UL;
        foreach (var digit in digits)
        {
            value = (value * 10) + digit - '0';
        }

        return value;
    }
}
