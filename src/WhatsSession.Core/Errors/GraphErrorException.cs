namespace WhatsSession;

/// <summary>
/// A request to Meta failed, and there is no result that could report the error: in the middle of a list, or because the caller asked for an exception.
/// </summary>
/// <param name="error">Why.</param>
public sealed class GraphErrorException(GraphError error)
    : Exception($"{error ?? throw new ArgumentNullException(nameof(error))}. {error.Advice}")
{
    /// <summary>Why.</summary>
    public GraphError Error { get; } = error;
}
