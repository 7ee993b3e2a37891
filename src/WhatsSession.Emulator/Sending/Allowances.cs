using WhatsSession.Emulator.Customers;
using WhatsSession.Emulator.Webhooks;

namespace WhatsSession.Emulator.Sending;

/// <summary>What a business need not pay for: messages in a free entry point window, and the first service messages of a month. Thread safe.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing, as of November 2026.</remarks>
internal sealed class Allowances(SendingSettings settings)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, (int Month, int Taken)> _taken = new(StringComparer.Ordinal);

    /// <summary>Whether what is not free is not paid for either.</summary>
    public bool AreExempt => settings.PaymentExempt;

    /// <returns>The free entry point window in which an accepted message is; null for none.</returns>
    public FreeEntry? EntryOf(Pair? pair, DateTimeOffset now) => pair?.Answer(now, settings.FreeEntryPoint);

    /// <summary>Counts an accepted service message. At Meta the delivered ones count, and the month is that of the account's time zone.</summary>
    /// <returns>Whether it is among the free ones.</returns>
    public bool TakeServiceMessage(EmulatedNumber number, DateTimeOffset now)
    {
        if (now < Pricing.ServiceCharged)
        {
            return false;
        }

        var month = (now.UtcDateTime.Year * 12) + now.UtcDateTime.Month;
        lock (_gate)
        {
            var (last, taken) = _taken.GetValueOrDefault(number.Id);
            taken = last == month ? taken : 0;
            var isFree = taken < settings.FreeServiceMessages;
            _taken[number.Id] = (month, isFree ? taken + 1 : taken);
            return isFree;
        }
    }
}
