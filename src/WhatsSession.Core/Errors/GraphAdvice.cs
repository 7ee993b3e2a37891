namespace WhatsSession;

/// <summary>What to do about a <see cref="GraphError"/>.</summary>
/// <param name="Text">What to do, in English; nothing of the request in it.</param>
/// <param name="Retry">Whether the same request may succeed, and when.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record GraphAdvice(string Text, GraphRetry Retry)
{
    /// <summary>Whether the same request may succeed by waiting alone.</summary>
    public bool IsRetryable => Retry is GraphRetry.Wait;

    /// <summary>The text.</summary>
    public override string ToString() => Text;
}
