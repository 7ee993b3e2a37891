using NodaTime;

namespace WhatsSession.Storage;

/// <summary>When the alerts that the hosts plan are due, as far as an ingest must know it.</summary>
/// <param name="Least">How long after a customer's event the first is due; null when none is planned.</param>
/// <param name="Ask">Whether there are alerts about which a store asks: see <see cref="AlertQuestion.AsksFor"/>.</param>
internal readonly record struct AlertDelays(Duration? Least, bool Ask);
