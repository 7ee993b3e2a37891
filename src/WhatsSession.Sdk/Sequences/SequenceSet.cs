namespace WhatsSession.Sequences;

/// <summary>The sequences of this program.</summary>
internal sealed class SequenceSet(IEnumerable<SequenceDefinition> sequences)
{
    private readonly Dictionary<string, SequenceDefinition> _byName = sequences.ToDictionary(static sequence => sequence.Name, StringComparer.Ordinal);

    public IReadOnlyCollection<SequenceDefinition> All => _byName.Values;

    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public SequenceDefinition Get(string name) => _byName.TryGetValue(name, out var sequence)
        ? sequence
        : throw new ArgumentException(
            $"There is no sequence \"{name}\"; "
            + (_byName.Count == 0 ? "none was added. " : $"there are {string.Join(", ", _byName.Keys.Order(StringComparer.Ordinal))}. ")
            + "Add it at start-up: builder.AddSequence(…).",
            nameof(name));

    /// <summary>Whether a run goes by a calendar that this program does not have, and another may.</summary>
    public bool LacksCalendarOf(SequenceRun run) => run is { HasCalendar: true, Sequence: { } name } && !_byName.ContainsKey(name);

    /// <summary>When steps of a run may go. The calendar is the one that this program has for its sequence now.</summary>
    public SequenceHours HoursOf(SequenceRun run) =>
        SequenceHours.Of(run, run.Sequence is { } name && _byName.TryGetValue(name, out var sequence) ? sequence.Calendar : null);
}
