using System.Text;
using System.Text.Json;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession.Alerts;

/// <summary>
/// An alert about a window in the form it is kept: its JSON is written and read by this type alone. Nothing of the customer's words is in it: what the alert
/// tells of them is read when it is delivered.
/// </summary>
/// <param name="Alert">What was planned: the kind and how long after the anchor.</param>
/// <param name="Conversation">The conversation.</param>
/// <param name="Anchor">The customer's last qualifying event, which opened the window.</param>
/// <param name="IsLate">Whether it was raised more than a minute after it was due.</param>
internal sealed record WindowAlert(PlannedAlert Alert, ConversationKey Conversation, Instant Anchor, bool IsLate)
{
    /// <summary>The kind of the alert that a window is about to close.</summary>
    public const string Closing = "window_closing";

    /// <summary>The kind of the alert that a window has closed.</summary>
    public const string Closed = "window_closed";

    /// <summary>The kind of the alert that a window was extended of which another alert was told.</summary>
    public const string Extended = "window_extended";

    /// <summary>After this long an alert is late: 1 minute.</summary>
    public static Duration Tolerance { get; } = Duration.FromMinutes(1);

    /// <summary>The alert that a window has closed, as it is planned.</summary>
    public static PlannedAlert PlannedClosed { get; } = new(Closed, CustomerServiceWindow.Length);

    /// <summary>
    /// The alert that a window was extended. It is raised by a customer's event and not by time; its delay is the latest time at which a window can be
    /// extended.
    /// </summary>
    public static PlannedAlert PlannedExtended { get; } = new(Extended, CustomerServiceWindow.Length);

    /// <summary>How long before closing the alert was wanted.</summary>
    public Duration Lead => CustomerServiceWindow.Length - Alert.Delay;

    /// <summary>The customer's event that extended the window; null for other alerts.</summary>
    public Instant? ExtendedBy { get; init; }

    /// <summary>Whether Meta had refused a message in the window, so that it was over before its time.</summary>
    public bool WasRefused { get; init; }

    /// <summary>Of an overdue reply: what was answered when the wait began; null for nothing, and for other alerts.</summary>
    public Instant? AnsweredUntil { get; init; }

    /// <summary>When to tell it; null for at once.</summary>
    public Instant? DueAt { get; init; }

    /// <summary>The alert of a lead, as it is planned.</summary>
    public static PlannedAlert Planned(Duration lead) => new(Closing, CustomerServiceWindow.Length - lead);

    /// <summary>Whether an event has an alert of this form.</summary>
    public static bool Is(string kind) => kind is Closing or Closed or Extended || OverdueRule.Of(kind) is not null;

    /// <summary>Reads the alert back from the event that <see cref="ToEvent"/> made.</summary>
    /// <exception cref="ArgumentException"><paramref name="stored"/> is not such an event.</exception>
    public static WindowAlert Restore(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (stored is not { Lane: EventLane.Alert, Conversation: { } conversation } || !Is(stored.Field))
        {
            throw new ArgumentException("The event is not an alert of a window.", nameof(stored));
        }

        using var document = JsonDocument.Parse(stored.Raw);
        var root = document.RootElement;
        var lead = Duration.FromSeconds(root.FindInt64("lead"));
        return new WindowAlert(
            new PlannedAlert(stored.Field, CustomerServiceWindow.Length - lead),
            conversation,
            Instant.FromUnixTimeSeconds(root.FindInt64("anchor")),
            root.Find("late") is { ValueKind: JsonValueKind.True })
        {
            ExtendedBy = root.Find("extended_by") is not null ? Instant.FromUnixTimeSeconds(root.FindInt64("extended_by")) : null,
            AnsweredUntil = root.Find("answered") is not null ? Instant.FromUnixTimeSeconds(root.FindInt64("answered")) : null,
            WasRefused = root.Find("refused") is { ValueKind: JsonValueKind.True },
        };
    }

    /// <summary>The event to put into the outbox; its key is the identity of the alert (conversation, kind, lead, anchor).</summary>
    public StoredEvent ToEvent(Instant now)
    {
        var (anchor, lead) = (Anchor.ToUnixTimeSeconds(), (long)Lead.TotalSeconds);

        // A wait has the same identity however often the customer writes in it.
        var since = OverdueRule.Of(Alert.Kind) is null ? anchor : AnsweredUntil?.ToUnixTimeSeconds();
        var id = FormattableString.Invariant($"{Conversation.Party}|{since}|{lead}");
        var json = FormattableString.Invariant($$"""{"anchor":{{anchor}},"lead":{{lead}},"late":{{(IsLate ? "true" : "false")}}""");
        json += ExtendedBy is { } by ? FormattableString.Invariant($",\"extended_by\":{by.ToUnixTimeSeconds()}") : "";
        json += AnsweredUntil is { } until ? FormattableString.Invariant($",\"answered\":{until.ToUnixTimeSeconds()}") : "";
        json += WasRefused ? ",\"refused\":true}" : "}";
        return new StoredEvent
        {
            Key = EventKey.Of(Conversation.Number.Value, EventLane.Alert, id, Alert.Kind == Closing ? "" : Alert.Kind),
            Lane = EventLane.Alert,
            Field = Alert.Kind,
            Number = Conversation.Number,
            Conversation = Conversation,
            Timestamp = now,
            ReceivedAt = now,
            Facts = new EventFacts { Alert = Alert },
            DueAt = DueAt,
            Raw = Encoding.UTF8.GetBytes(json),
        };
    }
}
