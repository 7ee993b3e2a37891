using WhatsSession.Time;

namespace WhatsSession.Sending;

/// <summary>The one retry layer of sends: which refusals are tried again and after how long. Only what Meta surely did not accept is.</summary>
internal static class SendRetries
{
    /// <summary>How long to wait before the next try; null when there is to be none.</summary>
    /// <param name="result">What became of the last try.</param>
    /// <param name="attempt">Which try that was: 1 for the first.</param>
    public static TimeSpan? DelayAfter(GraphSendResult result, int attempt) =>
        result is GraphSendResult.Refused refused ? RetryDelays.After(refused.Error, refused.RetryAfter, attempt) : null;

    /// <summary>Whether Meta surely did not accept the message.</summary>
    public static bool IsSurelyNotAccepted(GraphSendResult result) => result is GraphSendResult.Refused refused && !LeavesOpen(refused.Error);

    /// <summary>Whether an error tells of trouble at Meta, and not how far the request came: the message may have been accepted.</summary>
    public static bool LeavesOpen(GraphError error) =>
        error.Code is GraphErrorCodes.UnknownApiError or GraphErrorCodes.ServiceDown or GraphErrorCodes.SomethingWentWrong;

    /// <summary>Whether the customer has, or may have, what was sent.</summary>
    public static bool MayBeAccepted(SendOutcome outcome) =>
        outcome.IsAccepted || outcome is SendOutcome.Ambiguous || (outcome is SendOutcome.Rejected rejected && LeavesOpen(rejected.Error));
}
