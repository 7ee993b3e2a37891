using CsCheck;
using WhatsSession.Storage;
using WhatsSession.StoreConformance;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.StorePromises;

/// <content>Who is the same customer: by aliases, links and replacements, however they come.</content>
public abstract partial class StoreLaws
{
    private static readonly ConversationKey[] Phones = [.. ((string[])["541155550123", "5491155550123", "5491155550199", "15550001234"])
        .Select(static digits => new ConversationKey(Number, CustomerId.Parse(digits)))];

    private static readonly ConversationKey[] Identified = [.. Phones, ByUser, BySecondUser, ByThirdUser];

    /// <summary>
    /// The facts of identity in any order, any number of times and in any batches end in what a plain reading of the rule gives: who sees which messages,
    /// how each window stands, what is held for whom and was released, and which alerts come.
    /// </summary>
    [Fact]
    public async Task IngestAsync_AliasesLinksAndReplacementsInAnyOrder_AreReadByTheRule()
    {
        var scenario =
            from drafts in Gen.Select(Gen.Int[0, 7], Gen.Int[0, Identified.Length - 1], Gen.Int[0, Identified.Length - 1], Gen.Int[1, 20]).Array[1, 14]
            from order in Gen.Shuffle(Enumerable.Range(0, drafts.Length).SelectMany(static i => (int[])[i, i]).ToArray())
            from cuts in Gen.Int[1, 6]
            select (drafts, order, cuts);

        await scenario.SampleAsync(
            async sample =>
            {
                var store = await CreateAsync();
                var world = new IdentityWorld();
                await SaveAsync(store, world.Sends);
                foreach (var held in world.Held)
                {
                    await store.HoldAsync(held, seen: null, Token);
                }

                var events = sample.drafts.Select((draft, i) => world.Draft(i, draft.Item1, Identified[draft.Item2], Identified[draft.Item3], draft.Item4)).ToArray();
                foreach (var part in sample.order.Chunk(sample.cuts))
                {
                    await store.IngestAsync(Batch(HourLead, [.. part.Select(i => events[i])]), Token);
                }

                return await DescribeAsync(store, world) == world.Describe();
            },
            iter: Samples);
    }

    private static async Task<string> DescribeAsync(IWhatsSessionStore store, IdentityWorld world)
    {
        var lines = new List<string>();
        foreach (var party in Identified)
        {
            var log = await store.ReadLogAsync(party, before: null, 100, Token);
            lines.Add($"{party.Party} {(await store.ReadAsync(party, Token)).State.LastInbound}");
            lines.AddRange(log.Select(static line => line.Intent?.ToString() ?? line.MessageId!.Value.Value).Order(StringComparer.Ordinal));
            lines.AddRange((await store.ListHeldAsync(party, after: null, 100, Token)).Select(static held => held.Id.ToString()).Order(StringComparer.Ordinal));
        }

        var done = (await DrainAsync(store, Start + Duration.FromHours(1))).ToHashSet();
        lines.AddRange(world.Releases().Select(key => $"released {done.Contains(key)}"));
        lines.AddRange(world.Conflicts().Select(key => $"told {done.Contains(key)}"));
        await store.SweepAsync(SweepAt(Start + Duration.FromHours(24)), Token);
        lines.AddRange((await DrainAsync(store, Start + Duration.FromHours(24))).Select(static key => key.ToString()).Order(StringComparer.Ordinal));
        return string.Join('\n', lines);
    }

    /// <summary>The facts, and the plain reading of the rule over them.</summary>
    private sealed class IdentityWorld
    {
        private readonly List<(ConversationKey Dialled, ConversationKey Form)> _aliases = [];
        private readonly List<(ConversationKey Phone, ConversationKey User, Instant At)> _links = [];
        private readonly List<(ConversationKey Previous, ConversationKey Current)> _rotations = [];
        private readonly List<(ConversationKey Party, Instant At, string Id)> _messages = [];

        public SendIntent[] Sends { get; } = [.. Phones.Select(static phone => Intent(phone, Start + Duration.FromMinutes(7), "Hello"))];

        public HeldMessage[] Held { get; } = [.. ((ConversationKey[])[Phones[0], Phones[3], ByUser]).Select(static party =>
            new HeldMessage { Intent = Intent(party, Start + Duration.FromMinutes(6), "Later"), ExpiresAt = Start + Duration.FromDays(20) })];

        public StoredEvent Draft(int id, int kind, ConversationKey one, ConversationKey other, int minute)
        {
            var at = Start + Duration.FromMinutes(minute);
            var (phone, user) = (Phones.Contains(one) ? one : Phones[minute % Phones.Length], Phones.Contains(other) ? ByUser : other);
            var form = Phones.Contains(other) ? other : Phones[1];
            switch (kind)
            {
                case 0 or 1:
                    _links.Add((phone, user, at));
                    return Linking($"l{id}", user, at, new IdentityLink(phone.Customer!.Value, user.Customer!.Value));
                case 2 when !Phones.Contains(one):
                    _rotations.Add((one, user));
                    return Rotation(one.Customer!.Value, user.Customer!.Value, at);
                case 3 or 4:
                    _aliases.Add((phone, form));
                    return Status($"s{id}", DeliveryStatus.Sent, form, at, intent: Sends.Single(send => send.Conversation == phone).Id);
                default:
                    _messages.Add((one, at, $"wamid.m{id}"));
                    return Text($"m{id}", one, at);
            }
        }

        public IEnumerable<EventKey> Releases() =>
            from held in Held
            where Shows(held.Intent.Conversation, held.Intent.Conversation, held.Intent.CreatedAt)
            from last in LatestOf(held.Intent.Conversation)
            select held.ToRelease(last.At).Key;

        /// <summary>What must have been told: of a phone with two customers, and of a dialled number with a form that stands alone all the same.</summary>
        public IEnumerable<EventKey> Conflicts() =>
            from phone in Phones
            where FormOf(phone) == phone
            where OwnerOf(phone).HiddenUntil is not null || _aliases.Any(alias => alias.Dialled == phone && alias.Form != phone)
            select IdentityConflict.ToEvent(Number, phone.Customer!.Value, User, SecondUser, Start).Key;

        public string Describe()
        {
            var lines = new List<string>();
            foreach (var party in Identified)
            {
                lines.Add($"{party.Party} {LatestOf(party).Select(static last => (Instant?)last.At).SingleOrDefault()}");
                lines.AddRange(
                    _messages.Where(message => Shows(party, message.Party, message.At)).Select(static message => message.Id)
                        .Concat(Sends.Where(send => Shows(party, send.Conversation, send.CreatedAt)).Select(static send => send.Id.ToString()))
                        .Order(StringComparer.Ordinal));
                lines.AddRange(Held.Select(static held => held.Intent).Where(held => Shows(party, held.Conversation, held.CreatedAt)).Select(static held => held.Id.ToString()).Order(StringComparer.Ordinal));
            }

            lines.AddRange(Releases().Select(static _ => "released True"));
            lines.AddRange(Conflicts().Select(static _ => "told True"));
            lines.AddRange(
                Identified.SelectMany(LatestOf).Distinct()
                    .Select(static last => SamplePlanner.ToEvent(last.Party, last.At, SamplePlanner.Planned(HourLead), last.At).Key.ToString()).Order(StringComparer.Ordinal));
            return string.Join('\n', lines);
        }

        private IEnumerable<(ConversationKey Party, Instant At)> LatestOf(ConversationKey party) =>
            _messages.Where(message => Shows(party, message.Party, message.At)).Select(static message => (message.Party, message.At))
                .OrderByDescending(static message => message.At).ThenByDescending(static message => message.Party.Party, StringComparer.Ordinal).Take(1);

        private bool Shows(ConversationKey asked, ConversationKey party, Instant at)
        {
            var (owner, hiddenUntil) = OwnerOf(asked);
            return owner == OwnerOf(party).Owner && !(at <= hiddenUntil);
        }

        private (string Owner, Instant? HiddenUntil) OwnerOf(ConversationKey party)
        {
            var form = FormOf(party);
            if (!Phones.Contains(form))
            {
                return (PersonOf(form), null);
            }

            var links = _links.Where(link => link.Phone == form).ToArray();
            return links.Select(link => PersonOf(link.User)).Distinct().ToArray() switch
            {
                [] => (form.Party, null),
                [var person] => (person, null),
                _ => (form.Party, links.GroupBy(static link => link.User).Max(static user => user.Min(static link => link.At))),
            };
        }

        private ConversationKey FormOf(ConversationKey party)
        {
            var forms = _aliases.Where(alias => alias.Dialled == party && alias.Form != party).Select(static alias => alias.Form).Distinct().ToArray();
            var isNamed = _messages.Any(message => message.Party == party) || _links.Any(link => link.Phone == party)
                || _aliases.Any(alias => alias.Form == party && alias.Dialled != party);
            return forms is [var form] && !isNamed ? form : party;
        }

        private string PersonOf(ConversationKey user)
        {
            var reached = new SortedSet<string>(StringComparer.Ordinal) { user.Party };
            for (var size = 0; size < reached.Count;)
            {
                size = reached.Count;
                foreach (var (previous, current) in _rotations.Where(rotation => reached.Contains(rotation.Previous.Party) || reached.Contains(rotation.Current.Party)))
                {
                    reached.UnionWith([previous.Party, current.Party]);
                }
            }

            return reached.Min!;
        }
    }
}
