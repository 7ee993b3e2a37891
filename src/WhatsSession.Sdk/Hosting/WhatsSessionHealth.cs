namespace WhatsSession;

/// <summary>The health of a <see cref="WhatsSessionRuntime"/> at the time of the check.</summary>
/// <remarks>Immutable.</remarks>
public sealed class WhatsSessionHealth
{
    internal WhatsSessionHealth(IReadOnlyList<HealthProblem> problems) => Problems = problems;

    /// <summary>What is wrong, fatal problems first; empty when nothing is wrong.</summary>
    public IReadOnlyList<HealthProblem> Problems { get; }

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsHealthy => Problems.Count == 0;

    /// <summary>Whether it accepts webhooks and dispatches events, even if it has other problems.</summary>
    public bool IsWorking => !Problems.Any(static problem => problem.IsFatal);

    /// <summary>The problems in one line; no personal data.</summary>
    public override string ToString() => IsHealthy ? "Healthy." : string.Join(' ', Problems);
}
