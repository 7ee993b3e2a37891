using NodaTime;

namespace WhatsSession.Storage;

/// <summary>What goes for all conversations of a business number.</summary>
/// <param name="HistorySince">See <see cref="ConversationSnapshot.HistorySince"/>.</param>
/// <param name="Account">The account that webhooks named; <c>default</c> when none did.</param>
/// <param name="Restriction">See <see cref="ConversationSnapshot.Restriction"/>.</param>
internal sealed record NumberFacts(Instant? HistorySince, BusinessAccountId Account, MessagingRestriction? Restriction)
{
    public static readonly NumberFacts None = new(HistorySince: null, default, Restriction: null);
}
