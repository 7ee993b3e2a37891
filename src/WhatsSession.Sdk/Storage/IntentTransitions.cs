namespace WhatsSession.Storage;

/// <summary>The rules that say which state of a send may replace which.</summary>
public static class IntentTransitions
{
    /// <summary>Whether a result counts: the first one does, and a later one only if it says that Meta accepted the message.</summary>
    /// <param name="known">The state that is known.</param>
    /// <param name="settled">The result of the send.</param>
    public static bool MaySettle(IntentState known, IntentState settled) => known == IntentState.Pending || settled == IntentState.Accepted;

    /// <summary>Whether a send may be made again with the same id: only when Meta certainly did not accept it.</summary>
    public static bool MayTryAnew(IntentState known) => known == IntentState.Failed;

    /// <summary>
    /// Whether a run may make a send that is already stored: Meta certainly did not accept it, or the run itself saved it and has not written its request.
    /// </summary>
    /// <param name="known">The state that is known.</param>
    /// <param name="savedBy">The <see cref="SendIntent.SaveToken"/> that is known; 0 for none.</param>
    /// <param name="token">That of the run; 0 for none.</param>
    public static bool MayBeMadeBy(IntentState known, long savedBy, long token) =>
        MayTryAnew(known) || (known == IntentState.Pending && token != 0 && savedBy == token);

    /// <summary>
    /// Whether a status of a message proves that Meta accepted the send. A status of a message that was refused and is sent again proves nothing.
    /// </summary>
    /// <param name="known">The state that is known.</param>
    /// <param name="retriedAfter">The refused message after which the send was tried again; null when it was not.</param>
    /// <param name="message">The message that the status is about.</param>
    public static bool IsProvedBy(IntentState known, MessageId? retriedAfter, MessageId message) => known != IntentState.Accepted && retriedAfter != message;

    /// <summary>
    /// Whether a run may take the one second try of a refused send. It may be taken once. It may be taken again if that try certainly failed, or if the run
    /// itself took it and has not written its request.
    /// </summary>
    /// <param name="known">The state that is known.</param>
    /// <param name="savedBy">The <see cref="SendIntent.SaveToken"/> that is known; 0 for none.</param>
    /// <param name="retriedAfter">The refused message after which the send was tried again; null when it was not.</param>
    /// <param name="refused">The message that was refused.</param>
    /// <param name="token">The token of the run; 0 for none.</param>
    public static bool MayRetry(IntentState known, long savedBy, MessageId? retriedAfter, MessageId refused, long token) =>
        retriedAfter is not { } taken || (taken == refused && MayBeMadeBy(known, savedBy, token));
}
