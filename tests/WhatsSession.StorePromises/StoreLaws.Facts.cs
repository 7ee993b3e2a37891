using CsCheck;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StorePromises;

public abstract partial class StoreLaws
{
    private static readonly DeliveryStatus[] Statuses = [DeliveryStatus.Sent, DeliveryStatus.Delivered, DeliveryStatus.Read, DeliveryStatus.Failed, new("tomorrow")];

    private static readonly CustomerId[] Users = [User, SecondUser, ThirdUser];

    private static ConversationKey[] Everybody => [.. Parties, ByThirdUser];

    private static readonly string[] Told = ["one", "two"];

    /// <summary>Facts only grow: statuses, refusals, links, replacements, restrictions and messages in any order, any number of times and in any batches end in the same knowledge.</summary>
    [Fact]
    public async Task IngestAsync_FactsInAnyOrderDuplicatesAndBatches_GiveTheSameKnowledge()
    {
        var scenario =
            from drafts in Gen.Select(Gen.Int[0, 6], Gen.Int[0, 6], Gen.Int[0, 4], Gen.Int[0, 20]).Array[1, 14]
            from order in Gen.Shuffle(Enumerable.Range(0, drafts.Length).SelectMany(static i => (int[])[i, i]).ToArray())
            from cuts in Gen.Int[1, 6]
            select (drafts, order, cuts);

        await scenario.SampleAsync(
            async sample =>
            {
                var intents = Told.Select(static text => Intent(ByPhone, Start, text)).ToArray();
                var events = sample.drafts.Select((draft, i) => DraftFact(i, draft.Item1, draft.Item2, draft.Item3, draft.Item4, intents)).ToArray();
                var straight = await CreateAsync();
                await SaveAsync(straight, intents);
                await straight.IngestAsync(Batch(events), Token);
                var twisted = await CreateAsync();
                await SaveAsync(twisted, intents);
                foreach (var part in sample.order.Chunk(sample.cuts))
                {
                    await twisted.IngestAsync(Batch([.. part.Select(i => events[i])]), Token);
                }

                return await SummariseFactsAsync(straight, intents) == await SummariseFactsAsync(twisted, intents);
            },
            iter: Samples);
    }

    /// <summary>Nobody sees a stranger's facts or messages: the stores agree with the plain reading of the rule over links and replacements.</summary>
    [Fact]
    public async Task ReadLogAsync_AnyLinksAndReplacements_ShowsTheCustomersOwnMessages()
    {
        var one = Gen.Select(Gen.Int[0, Everybody.Length - 1], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2]);
        await one.Array[1, 14].SampleAsync(
            async drafts =>
            {
                var events = drafts.Select(static (draft, i) => draft.Item2 == 2 ? Rotation(Users[draft.Item3], Users[draft.Item4], Start) : DraftLink(i, draft.Item1, draft.Item2, draft.Item3)).ToArray();
                var store = await CreateAsync();
                await store.IngestAsync(Batch(events), Token);
                foreach (var party in Everybody)
                {
                    var expected = events.Where(stored => stored.Lane == EventLane.Live && !IsHidden(events, party) && IsOneCustomer(events, party, stored.Conversation!.Value)).Select(static stored => stored.Message!.Value.Value);
                    var seen = (await ReadLogIdsAsync(store, party)).Select(static id => id!.Value.Value);
                    if (!expected.Order(StringComparer.Ordinal).SequenceEqual(seen.Order(StringComparer.Ordinal)))
                    {
                        return false;
                    }
                }

                return true;
            },
            iter: Samples);
    }

    private static StoredEvent DraftFact(int id, int kind, int party, int choice, int second, SendIntent[] intents)
    {
        var conversation = Parties[party];
        var at = Start + Duration.FromSeconds(second);
        var intent = intents[second % Told.Length];
        return kind switch
        {
            0 => Status(Told[second % Told.Length], Statuses[choice], ByPhone, at, Statuses[choice] == DeliveryStatus.Failed ? new GraphError { Code = second % 3, Message = $"{choice}" } : null, intent.Id),
            1 => Rotation(Users[choice % 3], Users[second % 3], at),
            2 => Restriction(new MessagingRestriction(at, choice % 2 == 0, choice < 2 ? null : at + Duration.FromDays(choice))),
            3 => Saying($"f{id}", conversation, at, new ConversationState
            {
                Denied = choice == 0 ? NodaConstants.UnixEpoch : at,
                Answers = AnswerTimes.By((AuthorKind)(second % 4), choice == 2 ? at : null),
                Doubted = choice == 1 ? at : null,
                FreeEntry = choice < 2 ? default : new FreeEntryPoint(Start + Duration.FromSeconds(choice % 2), choice == 4 ? null : at, choice == 3 ? at : null),
            }),
            4 => Echo($"e{id}", conversation, at),
            _ => Text($"m{id}", conversation, at, conversation.IsGroup ? null : Links[choice]),
        };
    }

    private static StoredEvent DraftLink(int id, int party, int hasLink, int user)
    {
        var conversation = Everybody[party];
        var phone = conversation == BySecondPhone ? SecondPhone : Phone;
        return Text($"m{id}", conversation, Start, hasLink == 0 || conversation.IsGroup ? null : new IdentityLink(phone, Users[user]));
    }

    private static async Task SaveAsync(IWhatsSessionStore store, SendIntent[] intents)
    {
        foreach (var intent in intents)
        {
            await store.SaveIntentAsync(intent, Token);
        }
    }

    private static async Task<string> SummariseFactsAsync(IWhatsSessionStore store, SendIntent[] intents)
    {
        var lines = new List<string>();
        foreach (var party in Everybody)
        {
            var snapshot = await store.ReadAsync(party, Token);
            lines.Add($"{party.Party} {snapshot.State} {snapshot.HistorySince} {snapshot.Restriction} {snapshot.LastAnswerFailed}");
            lines.AddRange((await store.ReadLogAsync(party, before: null, 100, Token)).Select(static message => $"{message.At} {message.MessageId?.Value}").Order(StringComparer.Ordinal));
        }

        foreach (var message in Told)
        {
            var delivery = await store.ReadDeliveryAsync(Number, MessageId.Parse("wamid." + message), Token);
            lines.Add($"{message} {string.Join(',', delivery.Marks)} {delivery.Failure?.At} {delivery.Failure?.Error}");
        }

        foreach (var intent in intents)
        {
            lines.Add($"{(await store.ReadSendAsync(intent.Id, Token))!.State}");
        }

        return string.Join('\n', lines);
    }

    // All events are of one moment, so that of its links too.
    private static bool IsHidden(StoredEvent[] events, ConversationKey party) => PersonOf(events, party) is null;

    // The history goes along with a customer whose id was replaced.
    private static bool IsOneCustomer(StoredEvent[] events, ConversationKey left, ConversationKey right) =>
        PersonOf(events, left) is { } person && PersonOf(events, right) == person;

    /// <summary>The least id of a customer; null for a phone of two.</summary>
    private static string? PersonOf(StoredEvent[] events, ConversationKey party)
    {
        string[] ids = party.Customer is { IsPhone: true } phone
            ? [.. events.Where(stored => stored.Number == party.Number && stored.Link?.Phone == phone).Select(static stored => stored.Link!.Value.BusinessScopedId.Value)]
            : [party.Party];
        var persons = (ids.Length == 0 ? [party.Party] : ids).Select(id => party.Number == Number ? LeastReplacement(events, id) : id).Distinct().ToArray();
        return persons is [var only] ? $"{party.Number.Value}/{only}" : null;
    }

    private static string LeastReplacement(StoredEvent[] events, string id)
    {
        var reached = new SortedSet<string>(StringComparer.Ordinal) { id };
        for (var size = 0; size < reached.Count;)
        {
            size = reached.Count;
            foreach (var rotation in events.Select(static stored => stored.Facts?.Rotation).OfType<IdentityRotation>())
            {
                if (reached.Contains(rotation.Previous.Value) || reached.Contains(rotation.Current.Value))
                {
                    reached.Add(rotation.Previous.Value);
                    reached.Add(rotation.Current.Value);
                }
            }
        }

        return reached.Min!;
    }
}
