using NodaTime;

namespace WhatsSession.Storage;

/// <summary>Decides when a fallback template that Meta accepted and then refused with a status gives its claim back.</summary>
/// <remarks>
/// The decision depends on what is known when the next send claims, so the order in which claim, answer and statuses arrive does not matter. A status of one
/// send never changes the claim of another send. A message that was delivered after all keeps its claim.
/// </remarks>
public static class FallbackRefusals
{
    /// <summary>Whether a claim is given back, because its message failed and a retry can succeed now.</summary>
    /// <param name="delivery">What the statuses have told about the message of the send that holds the claim.</param>
    /// <param name="now">The moment.</param>
    public static bool GivesBack(MessageDelivery delivery, Instant now)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return delivery is { IsFailed: true, Failure: { } failure } && FreeFrom(failure) is { } from && from <= now;
    }

    /// <summary>When a template that failed may be sent again in the same closed window: <see cref="Instant.MinValue"/> for at once, null for never.</summary>
    /// <param name="failure">Why it failed.</param>
    /// <remarks>
    /// It follows <see cref="GraphError.Advice"/>. At once: errors that the business can fix (131042) and short waits (130429), because another attempt costs
    /// nothing if it is refused. At once too: a paused template (132015), because another template may use the same key. After the wait: longer waits, such as
    /// the day of 131049, because Meta counts earlier attempts. Never: errors that only the customer can change, errors that come again without a change
    /// (131026), and 1, 2 and 131000, which do not tell how far the message came.
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
