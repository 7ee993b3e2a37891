namespace WhatsSession;

/// <summary>Something that is wrong with a running <see cref="WhatsSessionRuntime"/>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Description">What it is and what helps, in English; no personal data.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record HealthProblem(HealthProblemKind Kind, string Description)
{
    /// <summary>Whether the runtime cannot work because of it; otherwise somebody should look.</summary>
    public bool IsFatal => Kind is HealthProblemKind.StoreUnavailable or HealthProblemKind.DispatcherStopped;

    /// <summary>The description.</summary>
    public override string ToString() => Description;
}
