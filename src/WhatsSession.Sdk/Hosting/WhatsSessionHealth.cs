namespace WhatsSession;

/// <summary>How a <see cref="WhatsSessionRuntime"/> was when it was asked.</summary>
/// <remarks>Immutable.</remarks>
public sealed class WhatsSessionHealth
{
    internal WhatsSessionHealth(IReadOnlyList<HealthProblem> problems) => Problems = problems;

    /// <summary>What is wrong, what is fatal first; empty when nothing is.</summary>
    public IReadOnlyList<HealthProblem> Problems { get; }

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsHealthy => Problems.Count == 0;

    /// <summary>Whether it accepts webhooks and dispatches events, whatever else is wrong.</summary>
    public bool IsWorking => !Problems.Any(static problem => problem.IsFatal);

    /// <summary>The problems in one line; no personal data.</summary>
    public override string ToString() => IsHealthy ? "Healthy." : string.Join(' ', Problems);
}
