using NodaTime;

namespace WhatsSession.Sequences;

/// <summary>A sequence as the program defines it. A run takes its steps with it.</summary>
internal sealed class SequenceDefinition(string name)
{
    public string Name { get; } = name;


    public string Version { get; set; } = "1";

    public string? TimeZone { get; set; }

    public Func<SequenceStart, string?>? TimeZoneOf { get; set; }

    public TimeOnly? QuietFrom { get; set; }

    public TimeOnly? QuietTo { get; set; }

    public IBusinessCalendar? Calendar { get; set; }

    public List<SequenceStepDefinition> Steps { get; } = [];

    /// <summary>The names of the templates whose delivery starts it, with what makes the values of the run.</summary>
    public Dictionary<string, Func<DeliveryUpdated, IReadOnlyDictionary<string, string>>> StartTemplates { get; } = new(StringComparer.Ordinal);

    /// <summary>How long before closing it starts.</summary>
    public List<TimeSpan> StartLeads { get; } = [];

    /// <summary>Makes a run, not yet planned.</summary>
    /// <exception cref="ArgumentException">A message or the time zone that is made from the values is wrong.</exception>
    public SequenceRun Begin(IntentId id, SequenceStart start, Instant now)
    {
        var zone = TimeZoneOf?.Invoke(start) ?? TimeZone ?? "UTC";
        if (TimeZoneOf is not null)
        {
            SequenceChecks.ThrowIfNoZone(zone, $"The time zone of the sequence \"{Name}\" for this customer", nameof(start));
        }

        var steps = new SequenceStep[Steps.Count];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = Steps[i].Make(start);
            SequenceChecks.ThrowIfWrong(this, i + 1, steps[i], start.Conversation);
        }

        return new SequenceRun
        {
            Id = id,
            Conversation = start.Conversation,
            Sequence = Name,
            Version = Version,
            StartedAt = now,
            TimeZone = zone,
            HasCalendar = Calendar is not null,
            QuietFrom = QuietFrom,
            QuietTo = QuietTo,
            Values = new Dictionary<string, string>(start.Values, StringComparer.Ordinal),
            Steps = steps,
        };
    }

    /// <summary>The names of the templates that every run sends.</summary>
    public IEnumerable<string> ConstantTemplates => Steps.Where(static step => step.IsConstant).Select(static step => step.Make(SequenceStart.Nobody))
        .SelectMany(static step => new[] { step.Message as TemplateMessage, step.OrTemplate })
        .OfType<TemplateMessage>()
        .Select(static template => template.Name);
}
