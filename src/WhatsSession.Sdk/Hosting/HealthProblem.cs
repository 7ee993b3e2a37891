namespace WhatsSession;

/// <summary>Something that is wrong with a running <see cref="WhatsSessionRuntime"/>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Description">What the problem is and how to fix it, in English. It has no personal data.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record HealthProblem(HealthProblemKind Kind, string Description)
{
    /// <summary>Whether the runtime cannot work because of the problem. When false, the runtime works, but somebody should look at the problem.</summary>
    public bool IsFatal => Kind is HealthProblemKind.StoreUnavailable or HealthProblemKind.DispatcherStopped;

    /// <summary>The description.</summary>
    public override string ToString() => Description;
}
