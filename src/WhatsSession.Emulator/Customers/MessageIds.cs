using System.Security.Cryptography;
using System.Text;

namespace WhatsSession.Emulator.Customers;

/// <summary>Message ids (wamids) of Meta's form: base64 of a few tagged fields, among them the customer's phone number and a random id.</summary>
internal static class MessageIds
{
    public static string NewInbound(string customer) => New(customer, 0x12);

    public static string NewOutbound(string customer) => New(customer, 0x11);

    private static string New(string customer, byte direction)
    {
        var party = Encoding.ASCII.GetBytes(customer);
        var random = Encoding.ASCII.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(9)));
        return "wamid." + Convert.ToBase64String(
            [0x1C, 0x18, (byte)party.Length, .. party, 0x15, 0x02, 0x00, direction, 0x18, (byte)random.Length, .. random, 0x00]);
    }
}
