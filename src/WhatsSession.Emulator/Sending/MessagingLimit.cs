using System.Globalization;
using WhatsSession.Emulator.Customers;

namespace WhatsSession.Emulator.Sending;

/// <summary>How many customers the business may write to outside their windows within 24 hours, all its numbers together. Thread safe.</summary>
/// <remarks>
/// https://developers.facebook.com/documentation/business-messaging/whatsapp/messaging-limits, as of November 2026: per portfolio since 8 October 2025.
/// </remarks>
internal sealed class MessagingLimit
{
    private static readonly TimeSpan Span = TimeSpan.FromHours(24);

    private readonly object _gate = new();
    private readonly Dictionary<Person, DateTimeOffset> _written = [];

    /// <summary>Null for any number.</summary>
    public int? Customers { get; set; }

    /// <summary>As Meta names it.</summary>
    public string Tier => Customers switch
    {
        null => "TIER_UNLIMITED",
        >= 1000 and var many when many % 1000 == 0 => string.Create(CultureInfo.InvariantCulture, $"TIER_{many / 1000}K"),
        { } few => string.Create(CultureInfo.InvariantCulture, $"TIER_{few}"),
    };

    /// <returns>False when this customer would be one too many.</returns>
    public bool TryTake(Person customer, DateTimeOffset now)
    {
        if (Customers is not { } most)
        {
            return true;
        }

        lock (_gate)
        {
            if (_written.TryGetValue(customer, out var since) && now < since + Span)
            {
                return true;
            }

            if (_written.Count >= most)
            {
                foreach (var old in _written.Where(w => now >= w.Value + Span).Select(static w => w.Key).ToList())
                {
                    _written.Remove(old);
                }
            }

            if (_written.Count >= most)
            {
                return false;
            }

            _written[customer] = now;
            return true;
        }
    }
}
