using CsCheck;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StorePromises;

public abstract partial class StoreLaws
{
    private static readonly ConversationKey[] Parties = [ByPhone, BySecondPhone, ByUser, BySecondUser, InGroup, new(OtherNumber, Phone), new(OtherNumber, User)];

    private static readonly IdentityLink?[] Links = [null, null, OneCustomer, new(Phone, SecondUser), new(SecondPhone, User)];

    /// <summary>State only grows: the same events in any order, any number of times and in any batches give the same facts, history and work.</summary>
    [Fact]
    public async Task IngestAsync_AnyOrderDuplicatesAndBatches_GiveTheSameStateAndWork()
    {
        var one = Gen.Select(Gen.Int[0, Parties.Length - 1], Gen.Int[0, Links.Length - 1], Gen.Int[0, 100], Gen.Bool);
        var scenario =
            from drafts in one.Array[1, 12]
            from order in Gen.Shuffle(Enumerable.Range(0, drafts.Length).SelectMany(static i => (int[])[i, i]).ToArray())
            from cuts in Gen.Int[1, 5]
            select (drafts, order, cuts);

        await scenario.SampleAsync(
            async sample =>
            {
                var events = sample.drafts.Select(static (draft, i) => Draft(i, draft.Item1, draft.Item2, draft.Item3, draft.Item4)).ToArray();
                var straight = await CreateAsync();
                await straight.IngestAsync(Batch(events), Token);
                var twisted = await CreateAsync();
                foreach (var part in sample.order.Chunk(sample.cuts))
                {
                    await twisted.IngestAsync(Batch([.. part.Select(i => events[i])]), Token);
                }

                return await SummariseAsync(straight) == await SummariseAsync(twisted);
            },
            iter: Samples);
    }

    /// <summary>
    /// The stores agree with the plain reading of the rule: a phone of exactly one BSUID is that customer, one of several stands alone, from its last link on.
    /// </summary>
    [Fact]
    public async Task ReadAsync_AnyLinks_JoinsByTheRule()
    {
        var one = Gen.Select(Gen.Int[0, Parties.Length - 1], Gen.Int[0, Links.Length - 1], Gen.Int[0, 100], Gen.Bool);
        await one.Array[1, 12].SampleAsync(
            async drafts =>
            {
                var events = drafts.Select(static (draft, i) => Draft(i, draft.Item1, draft.Item2, draft.Item3, draft.Item4)).ToArray();
                var store = await CreateAsync();
                await store.IngestAsync(Batch(events), Token);
                foreach (var party in Parties)
                {
                    var hiddenUntil = HiddenUntil(events, party);
                    var expected = events
                        .Where(stored => AreJoined(events, party, stored.Conversation!.Value) && !(stored.Timestamp <= hiddenUntil))
                        .Select(static stored => (Instant?)stored.Timestamp).Max();
                    if (await ReadLastInboundAsync(store, party) != expected)
                    {
                        return false;
                    }
                }

                return true;
            },
            iter: Samples);
    }

    private static StoredEvent Draft(int id, int party, int link, int minute, bool isSilent)
    {
        var conversation = Parties[party];
        var at = Start + Duration.FromMinutes(minute);
        return isSilent ? Silent($"m{id}", conversation, at) : Text($"m{id}", conversation, at, conversation.IsGroup ? null : Links[link]);
    }

    private static bool AreJoined(StoredEvent[] events, ConversationKey left, ConversationKey right) => CustomerOf(events, left) == CustomerOf(events, right);

    // A recycled phone stands alone.
    private static ConversationKey CustomerOf(StoredEvent[] events, ConversationKey party) =>
        UsersOf(events, party) is [var (user, _)] ? new ConversationKey(party.Number, user) : party;

    private static Instant? HiddenUntil(StoredEvent[] events, ConversationKey party) =>
        UsersOf(events, party) is { Length: > 1 } users ? users.Max(static user => user.Since) : null;

    private static (CustomerId User, Instant Since)[] UsersOf(StoredEvent[] events, ConversationKey party) =>
    [
        .. events.Where(stored => stored.Number == party.Number && party.Customer is { IsPhone: true } phone && stored.Link?.Phone == phone)
            .GroupBy(static stored => stored.Link!.Value.BusinessScopedId, static stored => stored.Timestamp)
            .Select(static user => (user.Key, user.Min())),
    ];

    /// <summary>Everything the laws speak of, as text: facts and the set of history lines of every conversation, and the set of events to dispatch.</summary>
    private static async Task<string> SummariseAsync(IWhatsSessionStore store)
    {
        var lines = new List<string>();
        foreach (var party in Parties)
        {
            var snapshot = await store.ReadAsync(party, Token);
            var log = await store.ReadLogAsync(party, before: null, 100, Token);
            lines.Add($"{party.Party} {snapshot.State} {snapshot.HistorySince}");
            lines.AddRange(log.Select(static message => $"{message.At} {message.MessageId?.Value}").Order(StringComparer.Ordinal));
        }

        lines.AddRange((await DrainAsync(store, Start + Duration.FromDays(1))).Select(static key => key.ToString()).Order(StringComparer.Ordinal));
        return string.Join('\n', lines);
    }
}
