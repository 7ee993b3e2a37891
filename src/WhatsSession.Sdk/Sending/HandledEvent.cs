using WhatsSession.Storage;

namespace WhatsSession.Sending;

/// <summary>The event that a handler has, for what it does in the conversation.</summary>
/// <param name="Key">The event.</param>
/// <param name="Point">The customer's event after which anything is newer.</param>
/// <param name="NextScheduled">Gives the id of the next message that the handler schedules: that of the same one in every other run of the handler.</param>
internal sealed record HandledEvent(EventKey Key, InboundPoint Point, Func<IntentId> NextScheduled);
