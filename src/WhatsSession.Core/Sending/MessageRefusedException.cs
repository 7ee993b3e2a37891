namespace WhatsSession;

/// <summary>A message was not accepted, and the caller had asked for that to be an exception.</summary>
/// <param name="outcome">What happened instead.</param>
public sealed class MessageRefusedException(SendOutcome outcome)
    : Exception((outcome ?? throw new ArgumentNullException(nameof(outcome))).Describe())
{
    /// <summary>What happened instead of acceptance.</summary>
    public SendOutcome Outcome { get; } = outcome;
}
