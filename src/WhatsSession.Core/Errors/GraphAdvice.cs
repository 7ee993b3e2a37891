namespace WhatsSession;

/// <summary>What to do about a <see cref="GraphError"/>.</summary>
/// <param name="Text">What to do, in English. It contains nothing of the request.</param>
/// <param name="Retry">Whether the same request may succeed, and when.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record GraphAdvice(string Text, GraphRetry Retry)
{
    /// <summary>Whether the same request may succeed after a wait, without any other change.</summary>
    public bool IsRetryable => Retry is GraphRetry.Wait;

    /// <summary>The text.</summary>
    public override string ToString() => Text;
}
