using NodaTime;
using WhatsSession.Storage;
using WhatsSession.StoreConformance;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.Sqlite.Tests;

/// <summary>Days in which a store is asked for everything it does.</summary>
internal static class BusyDays
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Lives through some days, so that every statement runs that is not for a rare failure.</summary>
    public static async Task LiveThroughAsync(SqliteStore store, int days)
    {
        for (var day = 0; day < days; day++)
        {
            await LiveThroughDayAsync(store, day);
        }
    }

    private static async Task LiveThroughDayAsync(SqliteStore store, int day)
    {
        var at = Start + Duration.FromDays(day);
        for (var i = 0; i < 3; i++)
        {
            var now = at + Duration.FromMinutes(i);
            await ReceiveAsync(store, $"{day}-{i}", now);
            await SendAsync(store, $"{day}-{i}", now);
            await DispatchAsync(store, now);
            await ListAsync(store, now);
        }

        await store.SweepAsync(new AlertSweep(at + Duration.FromHours(23), new SamplePlanner(HourLead), 10 + day), Token);
        await DispatchAsync(store, at + Duration.FromHours(23));
        await store.EraseAsync(day % 2 == 0 ? BySecondPhone : ByUser, at + Duration.FromHours(23), Token);
    }

    private static async Task ReceiveAsync(SqliteStore store, string id, Instant at)
    {
        await store.IngestAsync(
            Batch(
                HourLead,
                Text("t" + id, ByPhone, at, OneCustomer),
                Text("u" + id, BySecondPhone, at),
                Text("g" + id, InGroup, at),
                Copy("h" + id, ByUser, at - Duration.FromDays(60), EventLane.History),
                Echo("e" + id, ByPhone, at),
                Notice("n" + id, Number, at),
                Restriction(new MessagingRestriction(at, Applies: false, Until: null)),
                Rotation(SecondUser, ThirdUser, at),
                Status("s" + id, DeliveryStatus.Delivered, ByPhone, at),
                Status("f" + id, DeliveryStatus.Failed, ByUser, at, new GraphError { Code = 131026, Message = id })),
            Token);
        await store.IngestAsync(Batch(Text("t" + id, ByPhone, at), Untimed(Text("z" + id, ByPhone, at))), Token);
        var quarantined = System.Text.Encoding.UTF8.GetBytes($"{{\"{id}\":15550005678");
        await store.IngestAsync(new IngestBatch { Events = [], Quarantined = quarantined, ReceivedAt = at, MetaTime = at }, Token);
    }

    private static StoredEvent Untimed(StoredEvent text) => new()
    {
        Key = text.Key,
        Lane = text.Lane,
        Field = text.Field,
        Number = text.Number,
        Timestamp = text.ReceivedAt,
        ReceivedAt = text.ReceivedAt,
        HasOwnTime = false,
        Raw = text.Raw,
    };

    private static async Task SendAsync(SqliteStore store, string id, Instant at)
    {
        var (sent, held) = (Intent(ByPhone, at, id), new HeldMessage { Intent = Intent(BySecondPhone, at, id), ExpiresAt = at + Duration.FromHours(1) });
        var (key, claim) = (new IdempotencyKey(Number, id), new FallbackClaim(ByPhone, at, id));
        await store.SaveIntentAsync(sent, Token);
        await store.SaveIntentAsync(Intent(ByPhone, at, new string('x', 600)), Token);
        await store.ReadSendAsync(sent.Id, Token);
        await store.SettleIntentAsync(
            new SendSettlement(sent.Id, IntentState.Accepted, MessageId.Parse("wamid.x" + id))
            {
                Conversation = ByPhone,
                At = at,
                Facts = new ConversationState { Denied = at },
                Alias = new IdentityAlias(CustomerId.Parse("15550009999"), Phone),
            },
            Token);
        await store.IngestAsync(Batch(Status("x" + id, DeliveryStatus.Failed, ByPhone, at, new GraphError { Code = 131047 }, sent.Id)), Token);
        await store.TakeRetryAsync(sent.Id, MessageId.Parse("wamid.x" + id), saveToken: 0, Token);
        await store.HoldAsync(held, seen: null, Token);
        await store.ReleaseHeldAsync(held.Intent, Token);
        await store.TakeHeldAsync(held.Id, Token);
        await RunSequenceAsync(store, id, at);
        await store.TakeKeyAsync(key, Keyed(ByPhone, sent.Id), at, Token);
        await store.RecordOutcomeAsync(key, sent.Id, Content, Token);
        await ClaimAsync(store, claim, at, sent.Id);
        await ClaimAsync(store, claim, at, sent.Id);
        await store.CompleteFallbackAsync(claim, sent.Id, message: null, Token);
        await store.JoinAsync([(ByUser, new ConversationState(at, denied: null))], at, Token);
    }

    private static async Task RunSequenceAsync(SqliteStore store, string id, Instant at)
    {
        var run = new SequenceRun
        {
            Id = IntentId.New(),
            Conversation = ByPhone,
            Sequence = id,
            StartedAt = at,
            DueAt = at + Duration.FromHours(1),
            Steps = [new SequenceStep { Message = new TextMessage("Still there?") }],
        };
        await store.StartSequenceAsync(run, at, Token);
        await store.FindSequenceAsync(run.Id, Token);
        await store.ListSequencesAsync(run, 10, Token);
        await store.ListSequencesAsync(ByUser, run, 10, Token);
        await store.SaveSequenceAsync(run with { State = SequenceState.Completed, DueAt = null, EndedAt = at, Revision = 2 }, Token);
    }

    private static async Task DispatchAsync(SqliteStore store, Instant now)
    {
        for (var limit = 1; await store.ClaimAsync(new ClaimRequest(now, Duration.FromMinutes(2), limit), Token) is { Count: > 0 } claims; limit++)
        {
            await store.CountTryAsync(claims[0], Token);
            await store.RenewAsync(claims, now + Duration.FromMinutes(3), Token);
            foreach (var claim in claims)
            {
                await store.MarkHandledAsync(claim, "handler", Token);
                DispatchResult result = (claim.Position % 7) switch
                {
                    0 => new DispatchResult.Parked("E"),
                    1 when claim.Attempt == 1 => new DispatchResult.Retry(now, "E"),
                    _ => DispatchResult.Completed.Instance,
                };
                await store.FinishAsync(claim, result, Token);
            }
        }
    }

    private static async Task ListAsync(SqliteStore store, Instant now)
    {
        foreach (var conversation in (ConversationKey[])[ByPhone, ByUser, BySecondPhone, InGroup])
        {
            await store.ReadAsync(conversation, Token);
            await store.ReadLogAsync(conversation, now, 10, Token);
            await store.ReadLogAsync(conversation, before: null, 7, Token);
            await store.ListHeldAsync(conversation, after: null, 10, Token);
        }

        await store.ListAbandonedFallbacksAsync(now, after: null, 10, Token);
        await store.ReadDeliveryAsync(Number, MessageId.Parse("wamid.sent"), Token);
        await store.ListQuarantinedAsync(after: null, 10, Token);
        var parked = await store.ListParkedAsync(after: null, 10, Token);
        await store.ReplayAsync([.. parked.Take(1)], Token);
        await store.DiscardAsync([.. parked.Skip(1).Take(1)], Token);
    }
}
