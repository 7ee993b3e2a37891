using CsCheck;
using NodaTime;

namespace WhatsSession.Core.Tests;

/// <summary>Generators for the laws. Times lie on few whole hours, give or take few nanoseconds, so that ties and boundaries come up all the time.</summary>
internal static class Generators
{
    public static Gen<Instant> Time { get; } = Gen.Select(Gen.Int[0, 60], Gen.Int[-2, 2], (hours, nanoseconds) =>
        Given.Noon + Duration.FromHours(hours) + Duration.FromNanoseconds(nanoseconds));

    public static Gen<Instant> AnyTime { get; } = Gen.Long[-4_000_000_000, 8_000_000_000].Select(Instant.FromUnixTimeSeconds);

    public static Gen<Instant?> MaybeTime { get; } = Gen.Select(Gen.Int[0, 3], Time, (choice, time) => choice == 0 ? (Instant?)null : time);

    public static Gen<Instant?> MaybeEvidence { get; } = Gen.Select(Gen.Int[0, 5], Time, (choice, time) =>
        choice switch { 0 or 1 => (Instant?)null, 2 => NodaConstants.UnixEpoch, _ => time });

    public static Gen<ConversationState> State { get; } = Gen.Select(MaybeTime, MaybeEvidence, (inbound, denied) => new ConversationState(inbound, denied));

    public static Gen<ConversationSnapshot> Snapshot { get; } = Gen.Select(State, MaybeTime, Gen.Int[0, 9], (state, history, store) =>
        new ConversationSnapshot { Key = Given.Key, State = state, HistorySince = history, StoreAvailable = store != 0 });

    public static Gen<SendPolicy> Policy { get; } = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 2], Gen.Int[0, 3], Gen.Bool, Gen.Bool, (enabled, margin, lead, history, store) =>
        new SendPolicy
        {
            Enabled = enabled != 0,
            Margin = Duration.FromHours(margin),
            ClosingLead = Duration.FromHours(lead),
            NoHistory = history ? GuardChoice.Send : GuardChoice.Refuse,
            StoreUnavailable = store ? GuardChoice.Send : GuardChoice.Refuse,
        });

    public static bool IsOpen(WindowStatus status) => status.State is WindowState.Open or WindowState.Closing;
}
