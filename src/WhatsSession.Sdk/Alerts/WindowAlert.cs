using System.Text;
using System.Text.Json;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Alerts;

/// <summary>
/// The alert that is raised when a window is about to close, in the form it is kept: the event's JSON is written and read by this type alone.
/// </summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Anchor">The customer's last qualifying event, which opened the window.</param>
/// <param name="Lead">How long before closing the alert was wanted.</param>
/// <param name="IsLate">Whether it was raised more than a minute after it was due.</param>
internal readonly record struct WindowAlert(ConversationKey Conversation, Instant Anchor, Duration Lead, bool IsLate)
{
    /// <summary>The value of <see cref="StoredEvent.Field"/> of such an event.</summary>
    public const string FieldName = "window_closing";

    /// <summary>After this long an alert is late: 1 minute.</summary>
    public static Duration Tolerance { get; } = Duration.FromMinutes(1);

    /// <summary>The alert of a lead, as it is planned.</summary>
    public static PlannedAlert Planned(Duration lead) => new(FieldName, CustomerServiceWindow.Length - lead);

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
            conversation,
            Instant.FromUnixTimeSeconds(root.FindInt64("anchor")),
            Duration.FromSeconds(root.FindInt64("lead")),
            root.Find("late") is { ValueKind: JsonValueKind.True });
    }

    /// <summary>The event to put into the outbox; its key is the identity of the alert (conversation, lead, anchor).</summary>
    public StoredEvent ToEvent(Instant now)
    {
        var id = FormattableString.Invariant($"{Conversation.Party}|{Anchor.ToUnixTimeSeconds()}|{Lead.TotalSeconds}");
        var json = FormattableString.Invariant(
            $$"""{"anchor":{{Anchor.ToUnixTimeSeconds()}},"lead":{{(long)Lead.TotalSeconds}},"late":{{(IsLate ? "true" : "false")}}}""");
        return new StoredEvent
        {
            Key = EventKey.Of(Conversation.Number.Value, EventLane.Alert, id),
            Lane = EventLane.Alert,
            Field = FieldName,
            Number = Conversation.Number,
            Conversation = Conversation,
            Timestamp = now,
            ReceivedAt = now,
            Facts = new EventFacts { Alert = Planned(Lead) },
            Raw = Encoding.UTF8.GetBytes(json),
        };
    }
}
