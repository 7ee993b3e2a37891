namespace WhatsSession;

/// <summary>A request to Meta failed where there is no result to say so: in the middle of a list, or because the caller had asked for an exception.</summary>
/// <param name="error">Why.</param>
public sealed class GraphErrorException(GraphError error)
    : Exception($"{error ?? throw new ArgumentNullException(nameof(error))}. {error.Advice}")
{
    /// <summary>Why.</summary>
    public GraphError Error { get; } = error;
}
