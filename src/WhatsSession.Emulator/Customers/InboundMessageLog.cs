using System.Collections.Concurrent;

namespace WhatsSession.Emulator.Customers;

/// <summary>The messages of every customer, by their ids. Thread safe.</summary>
internal sealed class InboundMessageLog
{
    /// <summary>A receipt or a reaction refers to nothing older.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    private readonly ConcurrentDictionary<string, InboundMessage> _byId = new(StringComparer.Ordinal);

    public void Keep(InboundMessage message) => _byId[message.Id] = message;

    /// <returns>Null when there is none, or when it is too old for receipts and reactions.</returns>
    public InboundMessage? FindRecent(string id, DateTimeOffset now) =>
        _byId.GetValueOrDefault(id) is { } message && now - message.At <= Remembered ? message : null;
}
