using WhatsSession.Emulator.Customers;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Numbers;

namespace WhatsSession.Emulator.Sending;

/// <summary>How much may be sent: by a number, to one party, and to customers outside their windows.</summary>
internal sealed class SendLimits(NumberDirectory numbers, MessagingLimit customersPerDay, SendingSettings settings, EmulatorClock clock)
{
    /// <summary>Counts a message.</summary>
    /// <param name="request">The request.</param>
    /// <param name="pair">What holds with the party.</param>
    /// <param name="customer">Null for a group: Meta counts customers, not groups.</param>
    /// <param name="insideWindow">Whether the customer service window is open.</param>
    /// <returns>Why it is one too many; null when it is not.</returns>
    public GraphError? Take(in SendRequest request, Pair pair, Person? customer, bool insideWindow)
    {
        if (TakeRate(request.Number, pair) is { } tooFast)
        {
            return tooFast;
        }

        return insideWindow || customer is null || customersPerDay.TryTake(customer, request.Now) ? null : GraphError.SpamLimit;
    }

    private GraphError? TakeRate(EmulatedNumber number, Pair pair)
    {
        if (!settings.RateLimits)
        {
            return null;
        }

        // On the business's clock: a skew that changes must not look like a burst.
        var now = clock.GetUtcNow();
        return !numbers.ThroughputOf(number).TryTake(now) ? GraphError.ThroughputLimit : pair.TryTake(now) ? null : GraphError.PairLimit;
    }
}
