using CsCheck;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StorePromises;

public abstract partial class StoreLaws
{
    /// <summary>Outbound never opens a window: whatever the business sends, and whatever becomes of it, nobody has written.</summary>
    [Fact]
    public async Task SaveIntentAsync_AnythingTheBusinessSendsAndWhatBecomesOfIt_OpensNoWindow()
    {
        var steps = Gen.Select(Gen.Int[0, 7], Gen.Int[0, Everybody.Length - 1], Gen.Int[0, 3], Gen.Int[0, 3]).Array[1, 20];
        await steps.SampleAsync(
            async drafts =>
            {
                var store = await CreateAsync();
                var intents = new List<SendIntent>();
                foreach (var (kind, party, choice, which) in drafts)
                {
                    var at = Start + Duration.FromSeconds(choice);
                    var intent = intents.ElementAtOrDefault(which) ?? Intent(Everybody[party], at, "Hello");
                    intents.Add(intent);
                    await OutboundStepAsync(store, kind, choice, intent, at);
                }

                foreach (var party in Everybody)
                {
                    if ((await store.ReadAsync(party, Token)).State.LastInbound is not null)
                    {
                        return false;
                    }
                }

                return true;
            },
            iter: Samples);
    }

    private static async Task OutboundStepAsync(IWhatsSessionStore store, int kind, int choice, SendIntent intent, Instant at)
    {
        switch (kind)
        {
            case 0:
                await store.SaveIntentAsync(intent, Token);
                break;
            case 1:
                var facts = new ConversationState { Answers = AnswerTimes.By((AuthorKind)choice, at), Denied = choice == 0 ? at : null, FreeEntry = choice == 1 ? new FreeEntryPoint(Start, at, at) : default };
                await store.SettleIntentAsync(new SendSettlement(intent.Id, (IntentState)choice, Sent) { Conversation = intent.Conversation, Facts = facts }, Token);
                break;
            case 2:
                await store.TakeRetryAsync(intent.Id, Sent, 0, Token);
                break;
            case 3:
                await store.HoldAsync(new HeldMessage { Intent = intent, ExpiresAt = at + Duration.FromDays(1) }, seen: null, Token);
                break;
            case 4:
                await store.ReleaseHeldAsync(intent, Token);
                break;
            case 5:
                await ClaimAsync(store, new FallbackClaim(intent.Conversation, at, "key"), at);
                break;
            case 6:
                await store.IngestAsync(Batch(Copy($"echo{choice}", intent.Conversation, at, EventLane.Echo)), Token);
                break;
            default:
                await store.IngestAsync(Batch(Status(Sent.Value["wamid.".Length..], Statuses[choice], intent.Conversation, at, intent: intent.Id)), Token);
                break;
        }
    }
}
