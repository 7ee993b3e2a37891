namespace WhatsSession.Handling;

/// <summary>How long a turn waits for the customer's next message.</summary>
/// <param name="Quiet">How long the customer must have been quiet.</param>
/// <param name="AtMost">How long it waits after its first message at most.</param>
internal readonly record struct TurnWait(TimeSpan Quiet, TimeSpan AtMost);
