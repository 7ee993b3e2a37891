using CsCheck;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StorePromises;

/// <content>Claims of fallback templates.</content>
public abstract partial class StoreLaws
{
    private static readonly FallbackClaim OneClaim = new(ByPhone, Start, "order_shipped");

    // What a later try can mend, at once and in a day; what it cannot.
    private static readonly int[] FailureCodes = [GraphErrorCodes.PaymentIssue, GraphErrorCodes.EngagementLimit, GraphErrorCodes.Undeliverable];

    /// <summary>Two sends claim, complete, give back and are told of by statuses, as they like: the store agrees with the plain reading of the rule, so one send alone holds the claim, and a status of the other never touches it.</summary>
    [Fact]
    public async Task ClaimFallbackAsync_AnyStepsOfTwoSends_AgreesWithTheRule()
    {
        var step = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 1], Gen.Int[0, 6]);
        await step.Array[1, 16].SampleAsync(
            async steps =>
            {
                var store = await CreateAsync();
                var model = new ClaimModel();
                foreach (var (kind, send, choice) in steps)
                {
                    if (await FallbackStepAsync(store, model, kind, send, choice) != model.Step(kind, send, choice))
                    {
                        return false;
                    }
                }

                var abandoned = await store.ListAbandonedFallbacksAsync(Instant.MaxValue, after: null, 10, Token);
                var refused = await store.ListRefusedFallbacksAsync(after: null, 10, Token);
                return abandoned.Select(static entry => entry.Intent).SequenceEqual(model.Abandoned)
                    && refused.Select(static entry => (entry.Claimed.Intent, entry.Message, entry.Failure)).SequenceEqual(model.Refused);
            },
            iter: Samples);
    }

    /// <summary>Once a send holds the claim, its answer (or none: the process ended) and its statuses come in any order, often and in any batches: what the next one to claim is told is the same.</summary>
    [Fact]
    public async Task ClaimFallbackAsync_AnswerAndStatusesInAnyOrder_TellTheNextTheSame()
    {
        var scenario =
            from answered in Gen.Bool
            from statuses in Gen.Int[0, 6].Array[1, 5]
            from order in Gen.Shuffle(Enumerable.Range(0, statuses.Length + 1).SelectMany(static i => (int[])[i, i]).ToArray())
            from later in Gen.Int[0, 2]
            select (answered, statuses, order, later);

        await scenario.SampleAsync(
            async sample =>
            {
                var intent = IntentId.New();
                var results = new List<FallbackHolder?>();
                var refused = new List<RefusedClaim?>();
                int[][] orders = [[.. Enumerable.Range(0, sample.statuses.Length + 1)], sample.order];
                foreach (var order in orders)
                {
                    var store = await CreateAsync();
                    await ClaimAsync(store, OneClaim, Start, intent);
                    foreach (var i in order)
                    {
                        if (i < sample.statuses.Length)
                        {
                            await store.IngestAsync(Batch(StatusOf(intent, 0, sample.statuses[i])), Token);
                        }
                        else if (sample.answered)
                        {
                            await store.CompleteFallbackAsync(OneClaim, intent, MessageOf(0), Token);
                        }
                    }

                    refused.Add((await store.ListRefusedFallbacksAsync(after: null, 10, Token)).SingleOrDefault());
                    results.Add(await store.ClaimFallbackAsync(OneClaim, IntentId.New(), "order_shipped", Start + Duration.FromDays(sample.later), Token));
                    if ((await store.ListAbandonedFallbacksAsync(Instant.MaxValue, after: null, 10, Token)).Any(entry => entry.Intent == intent))
                    {
                        return false;
                    }
                }

                return results[0] == results[1] && refused[0] == refused[1];
            },
            iter: Samples);
    }

    private static MessageId MessageOf(int send) => MessageId.Parse($"wamid.s{send}");

    private static StoredEvent StatusOf(IntentId intent, int send, int choice)
    {
        var status = choice < 4 ? Statuses[choice] : DeliveryStatus.Failed;
        return Status($"s{send}", status, ByPhone, Start, status == DeliveryStatus.Failed ? ErrorOf(choice) : null, intent);
    }

    private static GraphError ErrorOf(int choice)
    {
        var code = FailureCodes[choice % FailureCodes.Length];
        return new GraphError { Code = code, Category = GraphErrorCodes.CategoryOf(code) };
    }

    private static async Task<string> FallbackStepAsync(IWhatsSessionStore store, ClaimModel model, int kind, int send, int choice)
    {
        var intent = model.Sends[send];
        switch (kind)
        {
            case 0:
                await store.ReleaseFallbackAsync(OneClaim, intent, Token);
                return "";
            case 1:
                return $"{await store.CompleteFallbackAsync(OneClaim, intent, choice < 4 ? MessageOf(send) : null, Token)}";
            case 2 or 3:
                await store.IngestAsync(Batch(StatusOf(intent, send, choice)), Token);
                return "";
            default:
                var holder = await store.ClaimFallbackAsync(OneClaim, intent, "order_shipped", Start + Duration.FromHours(choice * 6), Token);
                return $"{holder is not null} {holder?.Intent} {holder?.Refusal}";
        }
    }

    /// <summary>The rule, as one would write it without a store.</summary>
    private sealed class ClaimModel
    {
        private readonly MessageDelivery[] _deliveries = [MessageDelivery.None, MessageDelivery.None];
        private int? _holder;
        private bool _isComplete;
        private bool _isHeard;

        public IntentId[] Sends { get; } = [IntentId.New(), IntentId.New()];

        public IntentId[] Abandoned => _holder is { } holder && !_isComplete ? [Sends[holder]] : [];

        public (IntentId Intent, MessageId Message, DeliveryFailure Failure)[] Refused =>
            _holder is { } holder && _isHeard && _deliveries[holder] is { IsFailed: true, Failure: { } failure } ? [(Sends[holder], MessageOf(holder), failure)] : [];

        public string Step(int kind, int send, int choice)
        {
            switch (kind)
            {
                case 0:
                    _holder = _holder == send ? null : _holder;
                    return "";
                case 1:
                    var isFirst = _holder == send && !_isComplete;
                    _isComplete |= _holder == send;
                    _isHeard |= _holder == send && choice < 4;
                    return $"{isFirst}";
                case 2 or 3:
                    _deliveries[send] = MessageDelivery.Join(_deliveries[send], StatusOf(Sends[send], send, choice).Facts!.Delivery!);
                    _isComplete |= _holder == send;
                    _isHeard |= _holder == send;
                    return "";
                default:
                    return Claim(send, Start + Duration.FromHours(choice * 6));
            }
        }

        private string Claim(int send, Instant now)
        {
            var delivery = _holder is { } holder && _isHeard ? _deliveries[holder] : MessageDelivery.None;
            if (_holder is not { } known || FallbackRefusals.GivesBack(delivery, now))
            {
                (_holder, _isComplete, _isHeard) = (send, false, false);
                return "False  ";
            }

            return $"True {Sends[known]} {(delivery.IsFailed ? delivery.Failure : null)}";
        }
    }
}
