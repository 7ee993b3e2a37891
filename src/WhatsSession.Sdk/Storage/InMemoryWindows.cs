using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NodaTime;

namespace WhatsSession;

/// <summary>The facts of every conversation, by identifier as it came on the wire, and when each is next to be looked at for alerts.</summary>
internal sealed class InMemoryWindows
{
    private readonly Dictionary<ConversationKey, Row> _rows = [];

    // An entry counts only while its time is still that of the row.
    private readonly PriorityQueue<ConversationKey, Instant> _due = new();

    public ConversationState Read(ConversationKey conversation) => _rows.TryGetValue(conversation, out var row) ? row.State : default;

    /// <summary>Adds facts.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="facts">The facts, to the second.</param>
    /// <param name="checkAt">When to look for alerts if the facts name the latest inbound; null for never.</param>
    public void Join(ConversationKey conversation, ConversationState facts, Instant? checkAt)
    {
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, conversation, out _);
        row.State = ConversationState.Join(row.State, facts);
        if (checkAt is { } at && row.State.LastInbound == facts.LastInbound)
        {
            Arm(conversation, ref row, at);
        }
    }

    /// <summary>Takes conversations that are due for a look, earliest first; each is looked at no more until it is armed again.</summary>
    public List<ConversationKey> TakeDue(Instant now, int limit)
    {
        var taken = new List<ConversationKey>();
        while (taken.Count < limit && _due.TryPeek(out var conversation, out var at) && at <= now)
        {
            _due.Dequeue();
            ref var row = ref CollectionsMarshal.GetValueRefOrNullRef(_rows, conversation);
            if (!Unsafe.IsNullRef(ref row) && row.CheckAt == at)
            {
                row.CheckAt = null;
                taken.Add(conversation);
            }
        }

        return taken;
    }

    /// <summary>Looks again at <paramref name="at"/>, or before if that was set.</summary>
    public void Arm(ConversationKey conversation, Instant at) =>
        Arm(conversation, ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, conversation, out _), at);

    public void Remove(ConversationKey conversation) => _rows.Remove(conversation);

    private void Arm(ConversationKey conversation, ref Row row, Instant at)
    {
        // Lazy: a customer who writes again in an open window moves nothing here; the early look arms anew.
        if (row.CheckAt is null || at < row.CheckAt)
        {
            row.CheckAt = at;
            _due.Enqueue(conversation, at);
        }
    }

    private struct Row
    {
        public ConversationState State;
        public Instant? CheckAt;
    }
}
