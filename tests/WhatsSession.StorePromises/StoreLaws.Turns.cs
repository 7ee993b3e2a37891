using System.Text.Json;
using CsCheck;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StorePromises;

public abstract partial class StoreLaws
{
    private static readonly PlannedTurn Assistant = new("assistant", Duration.FromSeconds(2), Duration.FromSeconds(10));

    /// <summary>
    /// When a turn is due follows from the set of its messages: whatever the order in which they are stored, in whatever batches and how often. A plain reading
    /// of the rule says the same.
    /// </summary>
    [Fact]
    public async Task Turns_AnyOrderDuplicatesAndBatches_AreDueAlikeWithTheSameMessages()
    {
        var one = Gen.Select(Gen.Int[0, 1], Gen.Int[0, 150], Gen.Int[0, 9]);
        var scenario =
            from drafts in one.Array[1, 8]
            from order in Gen.Shuffle(Enumerable.Range(0, drafts.Length).SelectMany(static i => (int[])[i, i]).ToArray())
            from cuts in Gen.Int[1, 5]
            select (drafts, order, cuts);

        await scenario.SampleAsync(
            async sample =>
            {
                var lines = sample.drafts.Select(static (draft, i) =>
                    LineOf(i, Parties[draft.Item1], Start + Duration.FromMilliseconds(100 * draft.Item2), draft.Item3 == 0)).ToArray();
                var store = await CreateAsync();
                foreach (var part in sample.order.Chunk(sample.cuts))
                {
                    await store.IngestAsync(
                        new IngestBatch { Events = [.. part.Select(i => lines[i])], ReceivedAt = Start, MetaTime = Start, Lanes = EventLanes.Of(EventLane.Work), Turns = [Assistant] }, Token);
                }

                foreach (var conversation in lines.GroupBy(static line => line.Conversation!.Value).OrderBy(DueOf))
                {
                    var due = DueOf(conversation);
                    if ((await ClaimTurnsAsync(store, due - Duration.FromTicks(1))).Any(turn => turn.Event.Conversation == conversation.Key))
                    {
                        return false;
                    }

                    var turns = await ClaimTurnsAsync(store, due);
                    if (turns.SingleOrDefault(turn => turn.Event.Conversation == conversation.Key) is not { } given
                        || !KeysOf(given).SetEquals(conversation.Select(static line => line.Key)))
                    {
                        return false;
                    }

                    foreach (var turn in turns)
                    {
                        // Two that are due at once; the other comes again.
                        await store.FinishAsync(turn, turn == given ? DispatchResult.Completed.Instance : new DispatchResult.Retry(due, "later"), Token);
                    }
                }

                return (await ClaimTurnsAsync(store, Start + Duration.FromDays(1))).Count == 0;
            },
            iter: Samples);
    }

    private static async Task<IReadOnlyList<ClaimedEvent>> ClaimTurnsAsync(IWhatsSessionStore store, Instant now) => await store.ClaimAsync(
        new ClaimRequest(now, Duration.FromMinutes(1), 10) { Lanes = EventLanes.Of(EventLane.Work, EventLane.Turn), Turns = [Assistant] }, Token);

    private static Instant DueOf(IGrouping<ConversationKey, StoredEvent> conversation)
    {
        List<StoredEvent> lines = [.. conversation];
        var received = lines.Select(static line => line.ReceivedAt).ToList();
        var due = Instant.Min(received.Min() + Duration.FromSeconds(10), received.Max() + Duration.FromSeconds(2));
        var taps = lines.Where(static line => line.Turn == TurnPart.Tap).Select(static line => line.ReceivedAt).ToList();
        return taps.Count == 0 ? due : Instant.Min(due, taps.Min());
    }

    private static HashSet<EventKey> KeysOf(ClaimedEvent turn)
    {
        using var document = JsonDocument.Parse(turn.Event.Raw);
        return [.. document.RootElement.GetProperty("messages").EnumerateArray().Select(static message => EventKey.FromBytes(message.GetProperty("key").GetBytesFromBase64()))];
    }

    private static StoredEvent LineOf(int id, ConversationKey conversation, Instant receivedAt, bool isTap)
    {
        var text = Text($"line{id}", conversation, Start);
        return new StoredEvent
        {
            Key = text.Key,
            Lane = text.Lane,
            Field = text.Field,
            Number = text.Number,
            Conversation = conversation,
            Timestamp = text.Timestamp,
            ReceivedAt = receivedAt,
            OpensWindow = true,
            Turn = isTap ? TurnPart.Tap : TurnPart.Line,
            Message = text.Message,
            Raw = text.Raw,
        };
    }
}
