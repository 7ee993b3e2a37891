namespace WhatsSession;

/// <summary>The answer to a webhook.</summary>
/// <param name="StatusCode">The HTTP status to answer: 200 when the store has it, 401 for a bad signature, 503 when Meta must send it again.</param>
/// <param name="Events">How many events were read from it, including those that the store already had. 0 unless the webhook was accepted.</param>
/// <remarks>Equality is by value.</remarks>
public readonly record struct AcceptResult(int StatusCode, int Events)
{
    /// <summary>How many of the events are not new: Meta delivered them before, and no handler is called again. 0 unless the webhook was accepted.</summary>
    public int Repeated { get; init; }

    /// <summary>How many of the events are more than 8 days old, so that no handler is called for them. 0 unless the webhook was accepted.</summary>
    public int TooOld { get; init; }
}
