using NodaTime;

namespace WhatsSession.Storage;

/// <summary>When a fallback template that Meta accepted and then refused by a status gives its claim back.</summary>
/// <remarks>
/// Decided by what is known when somebody else claims, so the order in which claim, answer and statuses arrive does not matter:
/// a status of one send never touches the claim of another, and a message that was delivered all the same keeps its claim.
/// </remarks>
public static class FallbackRefusals
{
    /// <summary>Whether a claim is given back, because its message failed and a later try can succeed by now.</summary>
    /// <param name="delivery">What the statuses have told of the message of the send that holds the claim.</param>
    /// <param name="now">The moment.</param>
    public static bool GivesBack(MessageDelivery delivery, Instant now)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return delivery is { IsFailed: true, Failure: { } failure } && FreeFrom(failure) is { } from && from <= now;
    }

    /// <summary>
    /// From when a template that failed may be tried again in the same closed window: <see cref="Instant.MinValue"/> for at once, null for never.
    /// </summary>
    /// <param name="failure">Why it failed.</param>
    /// <remarks>
    /// By <see cref="GraphError.Advice"/>: what the business can put right (131042) and short waits (130429) at once, for a try too many is refused and costs
    /// nothing; longer ones, such as the day of 131049, when their time is over, for Meta counts tries before it. A paused template (132015) at once:
    /// another one may go under the same key. Never after what only the customer can change, what fails again unchanged (131026),
    /// and 1, 2 and 131000, which leave open how far the message came.
    /// </remarks>
    public static Instant? FreeFrom(DeliveryFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.Error switch
        {
            { Code: GraphErrorCodes.UnknownApiError or GraphErrorCodes.ServiceDown or GraphErrorCodes.SomethingWentWrong } => null,
            { Code: GraphErrorCodes.TemplatePaused } => Instant.MinValue,
            { Category: GraphErrorCategory.Configuration, Advice.Retry: GraphRetry.Once } => Instant.MinValue,
            { Category: GraphErrorCategory.RateLimited or GraphErrorCategory.Unavailable, Advice.Retry: GraphRetry.Wait } => Instant.MinValue,
            { Advice.Retry: GraphRetry.Wait wait } => failure.At < Instant.MaxValue - wait.First ? failure.At + wait.First : Instant.MaxValue,
            _ => null,
        };
    }
}
