using System.Globalization;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Benchmarks;

/// <summary>Customers whom Meta names by phone and user id, as it does since 2026, taken in as their messages are.</summary>
internal static class LinkedCustomers
{
    private const int Together = 500;

    /// <summary>Takes in a message of each.</summary>
    /// <param name="store">The store.</param>
    /// <param name="customers">Their conversations by user id, and their phones.</param>
    /// <param name="at">When they wrote.</param>
    /// <param name="areLinked">Whether Meta names their phones too.</param>
    public static async Task IngestAsync(
        IInboxStore store, IEnumerable<(ConversationKey User, CustomerId Phone)> customers, Instant at, bool areLinked = true)
    {
        foreach (var some in customers.Chunk(Together))
        {
            await store.IngestAsync(new IngestBatch
            {
                Events = [.. some.Select(customer => Message(customer.User, areLinked ? customer.Phone : null, at))],
                ReceivedAt = at,
                Alerts = [new PlannedAlert("WindowClosing", Duration.FromHours(1))],
            });
        }
    }

    public static string UserId(int number) => string.Create(CultureInfo.InvariantCulture, $"US.4091726354881{number:D7}");

    // Of a lane without history, whose memory is not the window's.
    private static StoredEvent Message(ConversationKey user, CustomerId? phone, Instant at) => new()
    {
        Key = EventKey.Of(user.Number.Value, EventLane.Standby, user.Party),
        Lane = EventLane.Standby,
        Field = "standby",
        Number = user.Number,
        Conversation = user,
        Link = phone is { } linked ? new IdentityLink(linked, user.Customer!.Value) : null,
        Timestamp = at,
        ReceivedAt = at,
        OpensWindow = true,
        Dispatches = false,
        Raw = default,
    };
}
