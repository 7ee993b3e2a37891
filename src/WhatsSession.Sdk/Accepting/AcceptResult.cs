namespace WhatsSession;

/// <summary>The answer to a webhook.</summary>
/// <param name="StatusCode">The HTTP status to answer: 200 when the store has it, 401 for a bad signature, 503 when Meta must send it again.</param>
/// <param name="Events">How many events were read from it, those among them that the store had before; 0 unless it was accepted.</param>
/// <remarks>Equality is by value.</remarks>
public readonly record struct AcceptResult(int StatusCode, int Events)
{
    /// <summary>How many of the events are not new: Meta delivered them before, and no handler is called again. 0 unless it was accepted.</summary>
    public int Repeated { get; init; }

    /// <summary>How many of the events no handler is called for because they are more than 8 days old; 0 unless it was accepted.</summary>
    public int TooOld { get; init; }
}
