namespace WhatsSession.Storage;

/// <summary>A claim to send a fallback template whose message Meta accepted and then refused with a status.</summary>
/// <param name="Claimed">The claim and the send that holds it.</param>
/// <param name="Message">The message of that send.</param>
/// <param name="Failure">Why it failed, and when.</param>
/// <remarks>Equality is by value.</remarks>
public sealed record RefusedClaim(ClaimedFallback Claimed, MessageId Message, DeliveryFailure Failure)
{
    /// <inheritdoc cref="RefusedClaim(ClaimedFallback, MessageId, DeliveryFailure)" path="/param[@name='Claimed']" />
    public ClaimedFallback Claimed { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "Claimed is null."); } =
        Claimed ?? throw new ArgumentNullException(nameof(Claimed));

    /// <inheritdoc cref="RefusedClaim(ClaimedFallback, MessageId, DeliveryFailure)" path="/param[@name='Failure']" />
    public DeliveryFailure Failure { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "Failure is null."); } =
        Failure ?? throw new ArgumentNullException(nameof(Failure));

    /// <summary>A form for logs.</summary>
    public override string ToString() => $"{Claimed}: {Failure.Error}";
}
