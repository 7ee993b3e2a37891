using System.Collections.Concurrent;
using System.Globalization;
using NodaTime;
using WhatsSession.Storage.InMemory;

namespace WhatsSession.Sdk.Tests.Storage.InMemory;

/// <summary>Readers, writers and sweeps at the same time. Every loop is bounded; what must hold holds for any interleaving.</summary>
[WithoutEmulator("The store alone.")]
public sealed class InMemoryWindowsRaceTests
{
    private const int Writers = 4;

    private readonly InMemoryWindows _windows = new(new InMemoryNumbers());

    [Fact]
    public async Task Join_ManyWriters_IsTheSequentialJoin()
    {
        const int Joins = 20_000;
        var drafts = Enumerable.Range(0, Writers).Select(static writer => Draft(new Random(writer), Joins)).ToArray();
        await TogetherAsync(drafts.Select(draft => (Action)(() =>
        {
            foreach (var (party, facts) in draft)
            {
                _windows.Join(Numbered(party), facts, checkAt: null);
            }
        })));

        var model = new Dictionary<int, ConversationState>();
        foreach (var (party, facts) in drafts.SelectMany(static draft => draft))
        {
            model[party] = ConversationState.Join(model.GetValueOrDefault(party), facts);
        }

        model.Should().OnlyContain(entry => _windows.Read(Numbered(entry.Key)) == entry.Value);
    }

    [Fact]
    public async Task TryRead_WhileTablesGrow_LosesNothingAndNeverGoesBack()
    {
        const int Raises = 30_000;
        var known = Enumerable.Range(0, 16).ToArray();
        foreach (var i in known)
        {
            _windows.Join(Numbered(i), At(0), checkAt: null);
        }

        var growth = Enumerable.Range(0, 2).Select(writer => (Action)(() =>
        {
            for (var i = 1; i <= Raises; i++)
            {
                _windows.Join(Numbered(known[i % known.Length]), At(i), checkAt: null);
                _windows.Join(Numbered(known.Length + (i * 2) + writer), At(i), checkAt: null);
            }
        }));
        var reads = Enumerable.Range(0, 2).Select(_ => (Action)(() =>
        {
            var places = new WindowPlace[known.Length];
            var seen = new uint[known.Length];
            for (var i = 0; i < 4 * Raises; i++)
            {
                var party = i % known.Length;
                if (!_windows.TryRead(Numbered(party), ref places[party], out var facts) || facts.LastInbound < seen[party])
                {
                    throw new InvalidOperationException("A reader lost what it had seen.");
                }

                seen[party] = facts.LastInbound;
            }
        }));
        await TogetherAsync(growth.Concat(reads));

        known.Should().OnlyContain(i => _windows.Read(Numbered(i)) == At(Raises - ((Raises - i) % known.Length)));
        Enumerable.Range(2, 2 * Raises).Should().OnlyContain(i => _windows.Read(Numbered(known.Length + i)) == At(i / 2));
    }

    [Fact]
    public async Task TryRead_WhileInboundAndDenialAreRaised_SeesNoDenialWithoutItsInbound()
    {
        const int Rounds = 50_000;
        _windows.Join(Given.Key, At(0), checkAt: null);
        await TogetherAsync(
        [
            () =>
            {
                for (var i = 1; i <= Rounds; i++)
                {
                    _windows.Join(Given.Key, new ConversationState(Time(i), Time(i - 1)), checkAt: null);
                }
            },
            () =>
            {
                var place = default(WindowPlace);
                for (var i = 0; i < Rounds; i++)
                {
                    if (!_windows.TryRead(Given.Key, ref place, out var facts) || facts.IsDenied)
                    {
                        throw new InvalidOperationException("A customer who had written was locked out.");
                    }
                }
            },
        ]);
    }

    [Fact]
    public async Task TakeDue_WhileRowsAreRaisedAndTablesGrow_LosesNoAlert()
    {
        const int Raises = 4_000;
        const int Conversations = 50;
        var lead = Duration.FromSeconds(100);
        var alerted = new ConcurrentDictionary<(ConversationKey, Instant), bool>();
        var writers = Enumerable.Range(0, 2).Select(writer => (Action)(() =>
        {
            for (var i = 0; i < Raises; i++)
            {
                // Now and then a late one.
                var at = Time(i % 7 == 0 ? Math.Max(0, i - 90) : i);
                _windows.Join(Numbered(i % Conversations), new ConversationState(at, denied: null), at + lead);
                _windows.Join(Numbered(Conversations + (i * 2) + writer), new ConversationState(at, denied: null), at + lead);
            }
        }));
        var sweeps = Enumerable.Range(0, 2).Select(_ => (Action)(() =>
        {
            for (var i = 0; i < Raises; i += 10)
            {
                Sweep(Time(i), limit: 100);
            }
        }));
        await TogetherAsync(writers.Concat(sweeps));

        while (Sweep(Time(2 * Raises), limit: 1000) > 0)
        {
        }

        var all = Enumerable.Range(0, Conversations + (2 * Raises)).Select(Numbered).ToArray();
        all.Should().OnlyContain(key => alerted.ContainsKey(new ValueTuple<ConversationKey, Instant>(key, _windows.Read(key).LastInbound!.Value)));

        // As the store does: what is due is alerted, what has moved on is looked at again.
        int Sweep(Instant now, int limit)
        {
            var due = _windows.TakeDue(now, limit);
            foreach (var (key, _) in due)
            {
                var last = _windows.Read(key).LastInbound!.Value;
                if (last + lead <= now)
                {
                    alerted[(key, last)] = true;
                }
                else
                {
                    _windows.Arm(key, last + lead);
                }
            }

            return due.Count;
        }
    }

    [Fact]
    public async Task Remove_WhileRowsAreRaised_TouchesNoOtherConversation()
    {
        const int Rounds = 20_000;
        var kept = Enumerable.Range(0, 200).ToArray();
        foreach (var i in kept)
        {
            _windows.Join(Numbered(i), At(1), checkAt: null);
        }

        var raises = Enumerable.Range(0, 2).Select(_ => (Action)(() =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                _windows.Join(Numbered(1000 + (i % 20)), At(Rounds), checkAt: null);
            }
        }));
        var removals = Enumerable.Range(0, 2).Select(_ => (Action)(() =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                _windows.Remove(Numbered(1000 + (i % 20)));
            }
        }));
        await TogetherAsync(raises.Concat(removals));

        kept.Should().OnlyContain(i => _windows.Read(Numbered(i)) == At(1));
        for (var i = 0; i < 20; i++)
        {
            _windows.Remove(Numbered(1000 + i));
            _windows.Read(Numbered(1000 + i)).Should().Be(default(ConversationState));
        }
    }

    private static (int Party, ConversationState Facts)[] Draft(Random random, int count)
    {
        var drafts = new (int, ConversationState)[count];
        for (var i = 0; i < count; i++)
        {
            // Half of them meet on few conversations.
            var party = random.Next(2) == 0 ? random.Next(8) : random.Next(20_000);
            drafts[i] = (party, new ConversationState(Time(random.Next(1000)), random.Next(4) == 0 ? Time(random.Next(1000)) : null)
            {
                Answers = random.Next(4) == 0 ? AnswerTimes.By((AuthorKind)random.Next(4), Time(random.Next(1000))) : default,
                Doubted = random.Next(50) == 0 ? Time(random.Next(1000)) : null,
                FreeEntry = random.Next(50) == 0 ? new FreeEntryPoint(Time(random.Next(10)), Time(random.Next(10, 20)), statedEnd: null) : default,
            });
        }

        return drafts;
    }

    private static async Task TogetherAsync(IEnumerable<Action> actions)
    {
        var all = actions.ToArray();
        using var start = new Barrier(all.Length);
        await Task.WhenAll(all.Select(action => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                action();
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
    }

    private static Instant Time(int second) => Given.T0 + Duration.FromSeconds(second);

    private static ConversationState At(int second) => new(Time(second), denied: null);

    private static ConversationKey Numbered(int i) =>
        new(Given.Number, CustomerId.Parse(string.Create(CultureInfo.InvariantCulture, $"{(i % 2 == 0 ? "1" : "US.1")}777{i:D7}")));
}
