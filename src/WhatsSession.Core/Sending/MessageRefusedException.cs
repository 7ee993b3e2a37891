namespace WhatsSession;

/// <summary>A message was not accepted, and the caller asked for an exception in that case.</summary>
/// <param name="outcome">What happened instead.</param>
public sealed class MessageRefusedException(SendOutcome outcome)
    : Exception((outcome ?? throw new ArgumentNullException(nameof(outcome))).Describe())
{
    /// <summary>What happened instead of acceptance.</summary>
    public SendOutcome Outcome { get; } = outcome;
}
