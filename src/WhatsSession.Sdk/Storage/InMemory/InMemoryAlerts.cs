using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>Which alerts the hosts plan.</summary>
internal sealed class InMemoryAlerts(InMemoryTime time)
{
    private readonly Dictionary<PlannedAlert, PlannedAlertNote> _notes = [];

    // Far less often than hosts look for alerts, and far more often than what they plan is forgotten or looked at again.
    private static readonly Duration TellingPause = Duration.FromSeconds(30);

    private IReadOnlyCollection<PlannedAlert>? _told;
    private Instant _toldAt;

    /// <summary>Whether what a host plans is to be told, for it was not a moment ago.</summary>
    public bool IsToTell(IReadOnlyCollection<PlannedAlert> alerts, Instant now)
    {
        if (ReferenceEquals(alerts, _told) && now >= _toldAt && now - _toldAt < TellingPause)
        {
            return false;
        }

        (_told, _toldAt) = (alerts, now);
        return true;
    }

    /// <summary>Notes what a host plans.</summary>
    /// <param name="alerts">What it plans.</param>
    /// <param name="now">The later of the host's clock and the store's time.</param>
    /// <returns>The alerts for which open windows are to be looked at.</returns>
    public List<PlannedAlert> Tell(IReadOnlyCollection<PlannedAlert> alerts, Instant now)
    {
        var lowering = new List<PlannedAlert>();
        foreach (var alert in alerts)
        {
            var known = _notes.GetValueOrDefault(alert);
            known = known is null ? null : known with { ToldAt = Instant.Max(known.ToldAt, time.First) };
            if (PlannedAlertNote.Tell(alert, known, now, out var lowers) is { } note)
            {
                _notes[alert] = note;
            }

            if (lowers)
            {
                lowering.Add(alert);
            }
        }

        return lowering;
    }

    /// <summary>What any host plans.</summary>
    public List<PlannedAlert> Read(Instant now) => [.. _notes.Values.Where(note => time.Remembers(note.ToldAt, now)).Select(static note => note.Alert)];

    /// <summary>What any host plans, and what the host plans that asks.</summary>
    public List<PlannedAlert> Read(IReadOnlyCollection<PlannedAlert> own, Instant now)
    {
        var alerts = Read(now);
        alerts.AddRange(own.Except(alerts).ToArray());
        return alerts;
    }

    public bool Contains(PlannedAlert alert, Instant now) => _notes.TryGetValue(alert, out var note) && time.Remembers(note.ToldAt, now);

    /// <summary>When the alerts are due that any host plans.</summary>
    /// <param name="own">What the host plans that asks.</param>
    /// <param name="now">The moment.</param>
    public AlertDelays Delays(IReadOnlyCollection<PlannedAlert> own, Instant now)
    {
        var (least, longest) = (default(Duration?), default(Duration?));
        foreach (var alert in own)
        {
            least = least < alert.Delay ? least : alert.Delay;
            longest = longest > alert.Delay ? longest : alert.Delay;
        }

        foreach (var (alert, note) in _notes)
        {
            if (time.Remembers(note.ToldAt, now))
            {
                least = least < alert.Delay ? least : alert.Delay;
                longest = longest > alert.Delay ? longest : alert.Delay;
            }
        }

        return new AlertDelays(least, AlertQuestion.AsksFor(longest));
    }
}
