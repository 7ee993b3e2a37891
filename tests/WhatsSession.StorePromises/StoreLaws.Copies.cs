using CsCheck;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StorePromises;

public abstract partial class StoreLaws
{
    /// <summary>
    /// The copy of a send may come before the answer of the send, after it, or twice; the answer may be lost; and who is one customer may become known at any time.
    /// The state is the same in every order.
    /// </summary>
    [Fact]
    public async Task IngestAsync_CopiesOfOwnSendsAndOfOthersInAnyOrder_LeaveTheSameState()
    {
        var facts = Gen.Select(Gen.Bool.Array[6], Gen.Bool, Gen.Int[1, 3], Gen.Int[1, 3]);
        var orders = Gen.Shuffle(Enumerable.Range(0, 8).ToArray());
        await Gen.Select(facts, orders, orders).SampleAsync(
            async (drawn, left, right) => await LiveAsync(drawn, left) == await LiveAsync(drawn, right), iter: Samples);

        async Task<string> LiveAsync((bool[] Happens, bool ByPhone, int Copied, int Another) drawn, int[] order)
        {
            var store = await CreateAsync();
            var intent = Intent(drawn.ByPhone ? ByPhone : ByUser, Start, "Hello");
            await store.SaveIntentAsync(intent, Token);
            var (copied, another) = (Start + Duration.FromMinutes(drawn.Copied), Start + Duration.FromMinutes(drawn.Another));
            foreach (var step in order.Where(step => step >= drawn.Happens.Length || drawn.Happens[step]))
            {
                await (step switch
                {
                    0 => store.SettleIntentAsync(
                        new SendSettlement(intent.Id, IntentState.Accepted, Sent)
                        {
                            Conversation = intent.Conversation,
                            Facts = new ConversationState { Answers = AnswerTimes.By(AuthorKind.Bot, Start - Duration.FromSeconds(1)) },
                        },
                        Token).AsTask(),
                    1 => IngestAsync(Status("sent", DeliveryStatus.Delivered, ByUser, copied, intent: intent.Id)),
                    2 => IngestAsync(Linking("link", ByUser, Start, OneCustomer)),
                    3 => IngestAsync(Text("text", ByUser, Start)),
                    4 => IngestAsync(Echo("another", ByPhone, another)),
                    5 => IngestAsync(Echo("third", ByUser, another)),
                    _ => IngestAsync(Echo("sent", ByUser, copied)),
                });
            }

            return string.Join('\n', await Task.WhenAll(((ConversationKey[])[ByPhone, ByUser]).Select(DescribeAsync)));

            Task IngestAsync(StoredEvent told) => store.IngestAsync(Batch(told), Token).AsTask();

            async Task<string> DescribeAsync(ConversationKey party)
            {
                var state = (await store.ReadAsync(party, Token)).State;
                var log = await store.ReadLogAsync(party, before: null, 20, Token);
                return $"{state.LastInbound} {state.Echoed} {state.Answers.Of(AuthorKind.Bot)} {state.AwaitsReply} "
                    + string.Join(' ', log.Select(static line => $"{line.MessageId?.Value} {line.State} {line.IsInbound}").Order(StringComparer.Ordinal));
            }
        }
    }
}
