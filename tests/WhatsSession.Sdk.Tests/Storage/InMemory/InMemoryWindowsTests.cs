using System.Globalization;
using CsCheck;
using NodaTime;
using WhatsSession.Storage.InMemory;

namespace WhatsSession.Sdk.Tests.Storage.InMemory;

[WithoutEmulator("The store alone.")]
public sealed class InMemoryWindowsTests
{
    private static readonly ConversationKey[] Parties =
    [
        Given.Key,
        new(Given.OtherNumber, CustomerId.Parse(Given.Phone)),
        new(Given.Number, CustomerId.Parse("99999")),
        new(Given.Number, CustomerId.Parse("999999999999999")),
        new(Given.Number, CustomerId.Parse(Given.UserId)),
        new(Given.Number, GroupId.Parse("Y2FwaV9ncm91cDoxNTU1")),
    ];

    private static readonly Gen<Instant?> MaybeTime = Gen.Int[-1, 5].Select(static hour => hour < 0 ? (Instant?)null : Given.T0 + Duration.FromHours(hour));

    private static readonly Gen<AnswerTimes> Answers = Gen.Select(Gen.Int[0, 3], MaybeTime, Gen.Int[0, 3], MaybeTime, static (one, at, other, then) =>
        AnswerTimes.Join(AnswerTimes.By((AuthorKind)one, at), AnswerTimes.By((AuthorKind)other, then)));

    private static readonly Gen<ConversationState> Facts =
        from seen in Gen.Select(MaybeTime, MaybeTime, Answers)
        from entry in Gen.Select(MaybeTime, MaybeTime, static (click, reply) => new FreeEntryPoint(click, click is null ? null : reply, statedEnd: null))
        from rare in Gen.Select(MaybeTime, MaybeTime)
        select new ConversationState(seen.Item1, seen.Item2) { Answers = seen.Item3, FreeEntry = entry, Echoed = rare.Item1, Doubted = rare.Item2 };

    [Fact]
    public void Join_AnyFacts_IsTheirJoin() =>
        Gen.Select(Gen.Int[0, Parties.Length - 1], Facts).Array[0, 20].Sample(steps =>
        {
            var windows = new InMemoryWindows(new InMemoryNumbers());
            var model = new Dictionary<ConversationKey, ConversationState>();
            foreach (var (party, facts) in steps)
            {
                windows.Join(Parties[party], facts, checkAt: null);
                model[Parties[party]] = ConversationState.Join(model.GetValueOrDefault(Parties[party]), facts);
            }

            return Parties.All(party => windows.Read(party) == model.GetValueOrDefault(party));
        });

    [Fact]
    public void IsDenied_AnyFacts_IsThatOfTheState() =>
        Gen.Select(MaybeTime, Gen.OneOf(MaybeTime, Gen.Const<Instant?>(NodaConstants.UnixEpoch))).Sample((inbound, denied) =>
        {
            var state = new ConversationState(inbound, denied);
            return WindowRowFacts.Of(state).IsDenied == state.IsDenied;
        });

    [Fact]
    public void Join_ManyConversations_KeepsEachApart()
    {
        var windows = new InMemoryWindows(new InMemoryNumbers());
        for (var i = 0; i < 20_000; i++)
        {
            windows.Join(Numbered(i), new ConversationState(Given.T0 + Duration.FromSeconds(i), denied: null), checkAt: null);
        }

        Enumerable.Range(0, 20_000).Should().OnlyContain(i => windows.Read(Numbered(i)).LastInbound == Given.T0 + Duration.FromSeconds(i));
        windows.Read(Numbered(20_000)).Should().Be(default(ConversationState));
    }

    [Fact]
    public void Join_MoreNumbersThanOneIndexHolds_KeepsEachApart()
    {
        var windows = new InMemoryWindows(new InMemoryNumbers());
        const int Numbers = (2 * WindowKey.MaximumNumbers) + 2;
        for (var i = 0; i < Numbers; i++)
        {
            windows.Join(OfNumber(i), new ConversationState(Given.T0 + Duration.FromSeconds(i), denied: null), Given.T0 + Duration.FromSeconds(i));
        }

        Enumerable.Range(0, Numbers).Should().OnlyContain(i => windows.Read(OfNumber(i)).LastInbound == Given.T0 + Duration.FromSeconds(i));
        var due = windows.TakeDue(Given.T0 + Duration.FromDays(1), Numbers + 1);
        due.Should().HaveCount(Numbers);
        due.Select(static taken => taken.Conversation).ToHashSet().SetEquals(Enumerable.Range(0, Numbers).Select(OfNumber)).Should().BeTrue();
    }

    [Fact]
    public void Remove_ManyTimes_MakesRoomAgain()
    {
        var windows = new InMemoryWindows(new InMemoryNumbers());
        windows.Join(Numbered(0), new ConversationState(Given.T0, denied: null), checkAt: null);
        for (var i = 1; i < 100_000; i++)
        {
            windows.Join(Numbered(i), new ConversationState(Given.T0, denied: null), checkAt: null);
            windows.Remove(Numbered(i));
        }

        windows.Read(Numbered(0)).LastInbound.Should().Be(Given.T0);
        windows.Read(Numbered(99_999)).Should().Be(default(ConversationState));
        windows.Bytes.Should().BeLessThan(256 * 1024);
    }

    [Fact]
    public void TryRead_PlaceOfARowThatMoved_FindsItAgain()
    {
        var windows = new InMemoryWindows(new InMemoryNumbers());
        var places = new WindowPlace[Parties.Length];
        for (var i = 0; i < 20_000; i++)
        {
            windows.Join(Numbered(i), new ConversationState(Given.T0, denied: null), checkAt: null);
            var party = Parties[i % Parties.Length];
            windows.Join(party, new ConversationState(Given.T0 + Duration.FromSeconds(i), denied: null), checkAt: null);
            windows.TryRead(party, ref places[i % Parties.Length], out var facts).Should().BeTrue();
            facts.LastInbound.Should().Be(WindowSeconds.Of(Given.T0 + Duration.FromSeconds(i)));
        }
    }

    [Fact]
    public void TryRead_PlaceOfARowThatWasRemoved_FindsNothing()
    {
        var windows = new InMemoryWindows(new InMemoryNumbers());
        foreach (var party in Parties)
        {
            var place = default(WindowPlace);
            windows.Join(party, new ConversationState(Given.T0, denied: null), checkAt: null);
            windows.TryRead(party, ref place, out _).Should().BeTrue();
            windows.Remove(party);
            windows.TryRead(party, ref place, out _).Should().BeFalse();
            windows.Join(party, new ConversationState(Given.T0 + Duration.FromSeconds(1), denied: null), checkAt: null);
            windows.TryRead(party, ref place, out var facts).Should().BeTrue();
            facts.LastInbound.Should().Be(WindowSeconds.Of(Given.T0 + Duration.FromSeconds(1)));
        }
    }

    [Fact]
    public void TakeDue_EarlierArmed_ComesEarlier()
    {
        var windows = new InMemoryWindows(new InMemoryNumbers());
        windows.Join(Given.Key, new ConversationState(Given.T0, denied: null), Given.T0 + Duration.FromHours(2));
        windows.Arm(Given.Key, Given.T0 + Duration.FromHours(3));
        windows.Arm(Given.Key, Given.T0 + Duration.FromHours(1));
        windows.TakeDue(Given.T0 + Duration.FromHours(1) - Duration.Epsilon, 10).Should().BeEmpty();
        windows.TakeDue(Given.T0 + Duration.FromHours(1), 10).Should().Equal((Given.Key, Given.T0 + Duration.FromHours(1)));
        windows.TakeDue(Given.T0 + Duration.FromDays(9), 10).Should().BeEmpty("it is looked at no more until it is armed again");
    }

    [Fact]
    public void Join_FactsOlderThanTheLatestInbound_ArmNothing()
    {
        var windows = new InMemoryWindows(new InMemoryNumbers());
        windows.Join(Given.Key, new ConversationState(Given.T0, denied: null), checkAt: null);
        windows.Join(Given.Key, new ConversationState(Given.T0 - Duration.FromSeconds(1), denied: null), Given.T0);
        windows.TakeDue(Given.T0 + Duration.FromDays(9), 10).Should().BeEmpty();
    }

    [Fact]
    public void TakeDue_InSmallSteps_ReachesEveryConversationOnce()
    {
        var windows = new InMemoryWindows(new InMemoryNumbers());
        var keys = Enumerable.Range(0, 1000).Select(Numbered).ToArray();
        foreach (var key in keys)
        {
            windows.Join(key, new ConversationState(Given.T0, denied: null), Given.T0);
        }

        var taken = new List<ConversationKey>();
        while (windows.TakeDue(Given.T0, 30) is { Count: > 0 } some)
        {
            some.Count.Should().BeLessThanOrEqualTo(30);
            taken.AddRange(some.Select(static entry => entry.Conversation));
        }

        taken.Should().HaveCount(keys.Length);
        taken.ToHashSet().SetEquals(keys).Should().BeTrue();
    }

    [Fact]
    public void TryReadAndJoin_KnownConversation_AllocateNothing()
    {
        var windows = new InMemoryWindows(new InMemoryNumbers());
        foreach (var party in Parties)
        {
            windows.Join(party, new ConversationState(Given.T0, denied: null), Given.T0);
        }

        Allocated.LeastBytes(() => UseAll(100)).Should().Be(0);

        void UseAll(int times)
        {
            for (var i = 0; i < times; i++)
            {
                foreach (var party in Parties)
                {
                    var place = default(WindowPlace);
                    var at = Given.T0 + Duration.FromSeconds(i);
                    windows.Join(party, new ConversationState(at, denied: null), at);
                    windows.TryRead(party, ref place, out _);
                    windows.Read(party);
                }
            }
        }
    }

    private static ConversationKey OfNumber(int number) => new(PhoneNumberId.Parse(number.ToString(CultureInfo.InvariantCulture)), CustomerId.Parse(Given.Phone));

    private static ConversationKey Numbered(int i) =>
        new(Given.Number, CustomerId.Parse(string.Create(CultureInfo.InvariantCulture, $"{(i % 2 == 0 ? "1" : "US.1")}777{i:D7}")));
}
