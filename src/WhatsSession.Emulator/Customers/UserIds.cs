using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace WhatsSession.Emulator.Customers;

/// <summary>Business-scoped user ids (BSUIDs): a country code, a dot, and up to 128 letters and digits.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids, 7 May 2026.</remarks>
internal static partial class UserIds
{
    public static bool IsUserId(string text) => Grammar().IsMatch(text);

    /// <summary>An id that is always the same for one owner of a phone number and does not contain it.</summary>
    /// <param name="digits">The number.</param>
    /// <param name="earlierOwners">How many had it before.</param>
    public static string ForPhone(string digits, int earlierOwners)
    {
        var owner = earlierOwners == 0 ? digits : string.Create(CultureInfo.InvariantCulture, $"{digits}/{earlierOwners}");
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(owner));
        return "US." + BinaryPrimitives.ReadUInt64BigEndian(hash).ToString("D20", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grammar();
}
