namespace WhatsSession;

/// <summary>The answer to the start of a follow-up sequence.</summary>
/// <param name="Run">The run: the new one, or the one that was there.</param>
/// <param name="IsNew">
/// Whether it was started now. False when the same sequence runs for the customer already, or the same handler started it for the same event before.
/// </param>
/// <remarks>Equality is by value.</remarks>
public readonly record struct StartedSequence(SequenceRun Run, bool IsNew);
