using System.Globalization;
using System.Text.Json;
using NodaTime;

namespace WhatsSession.Storage;

/// <summary>
/// A question to an <see cref="IAlertPlanner"/> that waits in the outbox: what is to be told about a window that a customer's new event found at its end, or
/// with its alerts raised. It goes to a planner of any host, and the planner's events go into the outbox.
/// </summary>
/// <remarks>
/// <para>
/// A store asks when it is about to raise <see cref="ConversationState.LastInbound"/> by an event that plans alerts
/// (<see cref="IngestPlan.FirstCheckOf(StoredEvent, Duration?)"/>, or the same of facts), some host plans an alert that is due at the end of the window or
/// later (<see cref="AsksFor"/>), and <see cref="IsCalledFor"/> says so about the customer as it was before. It puts the question (<c>Of</c>) into the
/// outbox in the same transaction. So the store needs no planner at an ingest, and nothing is lost when the host ends.
/// </para>
/// <para>
/// A planner asks in the same way about an alert of a kind that it does not know (<see cref="EventFacts.Alert"/> is that alert): only a host that takes the
/// alert gets the question.
/// </para>
/// </remarks>
public static class AlertQuestion
{
    /// <summary>The value of <see cref="StoredEvent.Field"/> of a question.</summary>
    public const string FieldName = "alert_question";

    /// <summary>
    /// Whether an alert with a delay can be the reason to ask: one that is due at the end of the window or later. The others are void when the customer writes.
    /// </summary>
    /// <param name="longestDelay">The longest delay of the alerts that any host plans; null when there is none.</param>
    public static bool AsksFor(Duration? longestDelay) => longestDelay >= CustomerServiceWindow.Length;

    /// <summary>
    /// Whether there is something to ask: the window ended before the new event and its end was not told yet, or the new event extends it after an alert was
    /// raised. For nearly all events this is false.
    /// </summary>
    /// <param name="before">The customer's last event until now, joined over its identifiers.</param>
    /// <param name="after">The new event.</param>
    /// <param name="checkAt">When the conversation was to be checked next: the earliest of its identifiers. Null for not at all.</param>
    /// <param name="leastDelay">How long after an event the first planned alert of all hosts is due; null when none is planned.</param>
    public static bool IsCalledFor(Instant before, Instant after, Instant? checkAt, Duration? leastDelay)
    {
        if (leastDelay is not { } least || after <= before)
        {
            return false;
        }

        var end = CustomerServiceWindow.ClosesAt(before);
        return after > end ? checkAt <= end : !(checkAt <= before.PlusOrLatest(least));
    }

    /// <summary>The event that asks any host.</summary>
    /// <param name="check">
    /// What was and what is. <see cref="AlertCheck.Conversation"/> is the identifier that held the alerts before (<see cref="AlertHolder"/>).
    /// </param>
    /// <param name="alerts">The alerts that any host plans.</param>
    /// <exception cref="ArgumentException">An alert is null.</exception>
    public static StoredEvent Of(AlertCheck check, IReadOnlyCollection<PlannedAlert> alerts) => ToEvent(check, alerts, waitsFor: null);

    /// <summary>The event that asks the hosts that take an alert, and no others.</summary>
    /// <param name="check">What was and what is.</param>
    /// <param name="alerts">The alerts that any host plans.</param>
    /// <param name="waitsFor">The alert whose hosts alone can answer.</param>
    /// <exception cref="ArgumentException">An alert is null.</exception>
    public static StoredEvent Of(AlertCheck check, IReadOnlyCollection<PlannedAlert> alerts, PlannedAlert waitsFor)
    {
        ArgumentNullException.ThrowIfNull(waitsFor);
        return ToEvent(check, alerts, waitsFor);
    }

    /// <summary>Whether an event is a question.</summary>
    public static bool Is(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return stored is { Lane: EventLane.Work or EventLane.Alert, Field: FieldName, Conversation: not null };
    }

    /// <summary>Reads what an event asks.</summary>
    /// <returns>The question, and the alerts that any host planned then.</returns>
    /// <exception cref="ArgumentException"><paramref name="stored"/> is not a question.</exception>
    public static (AlertCheck Check, IReadOnlyCollection<PlannedAlert> Alerts) Read(StoredEvent stored)
    {
        if (!Is(stored))
        {
            throw new ArgumentException("The event does not ask a planner.", nameof(stored));
        }

        using var document = JsonDocument.Parse(stored.Raw);
        var root = document.RootElement;
        var check = new AlertCheck(
            stored.Conversation!.Value,
            new ConversationState(Time(root, "before"), Time(root, "before_denied")),
            new ConversationState(Time(root, "after"), Time(root, "after_denied")),
            Time(root, "from"),
            stored.ReceivedAt);
        return (check, [.. root.GetProperty("alerts").EnumerateArray().Select(static alert => PlannedAlert.Parse(alert.GetString()!))]);
    }

    private static StoredEvent ToEvent(AlertCheck check, IReadOnlyCollection<PlannedAlert> alerts, PlannedAlert? waitsFor)
    {
        ArgumentNullException.ThrowIfNull(alerts);
        if (alerts.Contains(null))
        {
            throw new ArgumentException("A planned alert is null.", nameof(alerts));
        }

        var (before, after) = (Ticks(check.Before.LastInbound), Ticks(check.After.LastInbound));
        var lane = waitsFor is null ? EventLane.Work : EventLane.Alert;
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            Write(writer, "before", before);
            Write(writer, "before_denied", Ticks(check.Before.Denied));
            Write(writer, "after", after);
            Write(writer, "after_denied", Ticks(check.After.Denied));
            Write(writer, "from", Ticks(check.From));
            Write(writer, "now", Ticks(check.Now));
            writer.WriteStartArray("alerts");
            foreach (var alert in alerts)
            {
                writer.WriteStringValue(alert.ToString());
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return new StoredEvent
        {
            Key = EventKey.Of(
                check.Conversation.Number.Value,
                lane,
                string.Create(CultureInfo.InvariantCulture, $"{check.Conversation.Party}|{before}|{after}|{waitsFor}"),
                FieldName),
            Lane = lane,
            Field = FieldName,
            Number = check.Conversation.Number,
            Conversation = check.Conversation,
            Timestamp = check.Now,
            ReceivedAt = check.Now,
            Facts = waitsFor is null ? null : new EventFacts { Alert = waitsFor },
            Raw = json.ToArray(),
        };
    }

    private static long? Ticks(Instant? at) => at?.ToUnixTimeTicks();

    private static Instant? Time(JsonElement root, string name) =>
        root.TryGetProperty(name, out var ticks) ? Instant.FromUnixTimeTicks(ticks.GetInt64()) : null;

    private static void Write(Utf8JsonWriter writer, string name, long? ticks)
    {
        if (ticks is { } value)
        {
            writer.WriteNumber(name, value);
        }
    }
}
