namespace WhatsSession.Storage;

/// <summary>Which state of a send may replace which.</summary>
public static class IntentTransitions
{
    /// <summary>Whether a settlement counts: the first does, and that Meta accepted the message overrules every doubt.</summary>
    /// <param name="known">The state that is known.</param>
    /// <param name="settled">What the send was settled as.</param>
    public static bool MaySettle(IntentState known, IntentState settled) => known == IntentState.Pending || settled == IntentState.Accepted;

    /// <summary>Whether a send may be made anew under its id: only when Meta surely did not accept it.</summary>
    public static bool MayTryAnew(IntentState known) => known == IntentState.Failed;

    /// <summary>Whether a run may make a send that is known: Meta surely did not accept it, or the run saved it and has not written its request.</summary>
    /// <param name="known">The state that is known.</param>
    /// <param name="savedBy">The <see cref="SendIntent.SaveToken"/> that is known; 0 for none.</param>
    /// <param name="token">That of the run; 0 for none.</param>
    public static bool MayBeMadeBy(IntentState known, long savedBy, long token) =>
        MayTryAnew(known) || (known == IntentState.Pending && token != 0 && savedBy == token);

    /// <summary>Whether a status of a message proves that Meta took the send. One of a message that was refused, and is tried again, says nothing.</summary>
    /// <param name="known">The state that is known.</param>
    /// <param name="retriedAfter">The refused message after which the send was tried again; null when it was not.</param>
    /// <param name="message">The message that the status is about.</param>
    public static bool IsProvedBy(IntentState known, MessageId? retriedAfter, MessageId message) => known != IntentState.Accepted && retriedAfter != message;

    /// <summary>
    /// Whether a run may take the one second try of a refused send: once, and anew when that try surely failed, or the run took it and has not written its
    /// request.
    /// </summary>
    /// <param name="known">The state that is known.</param>
    /// <param name="savedBy">The <see cref="SendIntent.SaveToken"/> that is known; 0 for none.</param>
    /// <param name="retriedAfter">The refused message after which the send was tried again; null when it was not.</param>
    /// <param name="refused">The message that was refused.</param>
    /// <param name="token">The token of the run; 0 for none.</param>
    public static bool MayRetry(IntentState known, long savedBy, MessageId? retriedAfter, MessageId refused, long token) =>
        retriedAfter is not { } taken || (taken == refused && MayBeMadeBy(known, savedBy, token));
}
