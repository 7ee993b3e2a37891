using System.Text;
using System.Text.Json;
using NodaTime;

namespace WhatsSession.Storage;

/// <summary>The alert that a store raises when a window is about to close, in the form it is kept: the event's JSON is written and read by this type alone.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Anchor">The customer's last qualifying event, which opened the window.</param>
/// <param name="Lead">How long before closing the alert was wanted.</param>
/// <param name="IsLate">Whether it was raised more than a minute after it was due.</param>
public readonly record struct WindowAlert(ConversationKey Conversation, Instant Anchor, Duration Lead, bool IsLate)
{
    /// <summary>The value of <see cref="StoredEvent.Field"/> of such an event.</summary>
    public const string FieldName = "window_closing";

    /// <summary>After this long an alert is late: 1 minute.</summary>
    public static Duration Tolerance { get; } = Duration.FromMinutes(1);

    /// <summary>The alerts that are due for a conversation at a moment, and when to look at it again.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="state">Its facts.</param>
    /// <param name="sweep">The pass.</param>
    /// <param name="due">Receives each alert whose time has come, raised before or not: identity makes it one.</param>
    /// <returns>When the next alert is due; null when there is none until the customer writes.</returns>
    public static Instant? Plan(ConversationKey conversation, ConversationState state, AlertSweep sweep, ICollection<WindowAlert> due)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        ArgumentNullException.ThrowIfNull(due);
        if (state.LastInbound is not { } anchor || state.IsDenied)
        {
            return null;
        }

        Instant? next = null;
        foreach (var lead in sweep.Leads)
        {
            var at = CustomerServiceWindow.ClosesAt(anchor) - lead;
            if (at <= sweep.Now)
            {
                due.Add(new WindowAlert(conversation, anchor, lead, sweep.Now - at > Tolerance));
            }
            else if (next is null || at < next)
            {
                next = at;
            }
        }

        return next;
    }

    /// <summary>Reads the alert back from the event that <see cref="ToEvent"/> made.</summary>
    /// <exception cref="ArgumentException"><paramref name="stored"/> is not such an event.</exception>
    public static WindowAlert Restore(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (stored is not { Lane: EventLane.Alert, Conversation: { } conversation })
        {
            throw new ArgumentException("The event is not an alert of a conversation.", nameof(stored));
        }

        using var document = JsonDocument.Parse(stored.Raw);
        var root = document.RootElement;
        return new WindowAlert(
            conversation, Instant.FromUnixTimeSeconds(root.FindInt64("anchor")), Duration.FromSeconds(root.FindInt64("lead")), root.Find("late") is { ValueKind: JsonValueKind.True });
    }

    /// <summary>The event to put into the outbox; its key is the identity of the alert (conversation, lead, anchor).</summary>
    public StoredEvent ToEvent(Instant now)
    {
        var id = FormattableString.Invariant($"{Conversation.Party}|{Anchor.ToUnixTimeSeconds()}|{Lead.TotalSeconds}");
        var json = FormattableString.Invariant($$"""{"anchor":{{Anchor.ToUnixTimeSeconds()}},"lead":{{(long)Lead.TotalSeconds}},"late":{{(IsLate ? "true" : "false")}}}""");
        return new StoredEvent
        {
            Key = EventKey.Of(Conversation.Number.Value, EventLane.Alert, id),
            Lane = EventLane.Alert,
            Field = FieldName,
            Number = Conversation.Number,
            Conversation = Conversation,
            Timestamp = now,
            ReceivedAt = now,
            Raw = Encoding.UTF8.GetBytes(json),
        };
    }
}
