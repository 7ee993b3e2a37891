using System.Globalization;
using NodaTime;
using WhatsSession.Storage;
using WhatsSession.Storage.InMemory;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.Sdk.Tests.Storage.InMemory;

/// <summary>Reads of linked customers, which take no lock, beside what makes, moves and takes links. Every loop is bounded; what must hold holds for any interleaving.</summary>
[WithoutEmulator("The store alone.")]
public sealed class LinkedWindowsRaceTests
{
    private static readonly TimeSpan RealTime = TimeSpan.FromMinutes(2);

    // Readers go on until the writer ends; no further, should it not.
    private const int MostReads = 100_000_000;

    private bool _isWritten;

    private readonly InMemoryStore _store = new(maximumLogBytes: 0);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Whoever reads one row and then the other finds the denial, and not the message that came before it.</summary>
    [Fact]
    public async Task TryRead_WhileInboundAndDenialAreOfTwoIdentifiers_SeesNoDenialWithoutItsInbound()
    {
        const int Rounds = 40_000;
        await IngestAsync(Text("a", ByUser, Time(0), OneCustomer));
        await TogetherAsync(
            () =>
            {
                for (var i = 1; i <= Rounds; i++)
                {
                    Join(ByUser, new ConversationState(Time(i), denied: null));
                    Join(ByPhone, new ConversationState(lastInbound: null, Time(i - 1)));
                }
            },
            () => Read(ByUser),
            () => Read(ByPhone));

        // As the store does it: a message under the gate, to which a reader goes who met one; a refusal without.
        void Join(ConversationKey conversation, ConversationState facts) =>
            _store.JoinAsync(conversation, facts, Given.T0, Token).IsCompletedSuccessfully.Should().BeTrue();

        void Read(ConversationKey asked)
        {
            var place = default(WindowPlace);
            var seen = default(Instant?);
            for (var i = 0; IsToRead(i); i++)
            {
                ((IWindowSource)_store).TryRead(asked, ref place, out var facts);
                if (facts.IsDenied || !facts.LastInbound.HasValue || facts.LastInbound < seen)
                {
                    throw new InvalidOperationException("A customer who had written was locked out.");
                }

                seen = facts.LastInbound;
            }
        }
    }

    /// <summary>What the second owner of a phone writes is never the first one's, however the first one's read and the change of hands interleave.</summary>
    [Fact]
    public async Task TryRead_WhileAPhoneBecomesAnothers_ShowsNobodyTheOthersWindow()
    {
        const int Phones = 3_000;
        for (var i = 0; i < Phones; i++)
        {
            await IngestAsync(Text($"a{i}", UserOf(i), Time(0), LinkOf(i, UserOf(i))));
        }

        var current = 0;
        await TogetherAsync(
            () =>
            {
                for (var i = 0; i < Phones; i++)
                {
                    Volatile.Write(ref current, i);
                    Ingest(Text($"b{i}", SecondUserOf(i), Time(1), LinkOf(i, SecondUserOf(i))), Text($"c{i}", PhoneOf(i), Time(2)));
                }

                Volatile.Write(ref current, Phones);
            },
            () =>
            {
                for (var read = 0; IsToRead(read) && Volatile.Read(ref current) is var i && i < Phones; read++)
                {
                    var place = default(WindowPlace);
                    ((IWindowSource)_store).TryRead(UserOf(i), ref place, out var facts);
                    if (facts.LastInbound != Time(0))
                    {
                        throw new InvalidOperationException("A customer has the window of another, or has lost the own one.");
                    }
                }
            });
    }

    /// <summary>Tables grow, links are made and customers get other ids, and whoever is read has all that was seen of them before.</summary>
    [Fact]
    public async Task TryRead_WhileLinksAndRotationsAreMade_LosesNothingAndNeverGoesBack()
    {
        const int Known = 8;
        const int Rounds = 6_000;
        for (var i = 0; i < Known; i++)
        {
            await IngestAsync(Text($"a{i}", UserOf(i), Time(0), LinkOf(i, UserOf(i))));
        }

        await TogetherAsync(
            () =>
            {
                for (var i = 1; i <= Rounds; i++)
                {
                    var known = i % Known;
                    var added = Known + i;
                    Ingest(
                        Text($"b{i}", i / Known % 2 == 0 ? UserOf(known) : PhoneOf(known), Time(i)),
                        Text($"c{i}", UserOf(added), Time(0), LinkOf(added, UserOf(added))));
                    if (known == i / (Rounds / Known))
                    {
                        Ingest(Rotated($"d{i}", UserOf(known), SecondUserOf(known), Time(i)));
                    }
                }
            },
            () => Read(PhoneOf),
            () => Read(UserOf));

        void Read(Func<int, ConversationKey> asked)
        {
            var places = new WindowPlace[Known];
            var seen = new Instant?[Known];
            for (var i = 0; IsToRead(i); i++)
            {
                var known = i % Known;
                ((IWindowSource)_store).TryRead(asked(known), ref places[known], out var facts);
                if (!facts.LastInbound.HasValue || facts.LastInbound < seen[known])
                {
                    throw new InvalidOperationException("A reader lost what it had seen.");
                }

                seen[known] = facts.LastInbound;
            }
        }
    }

    private static StoredEvent Rotated(string id, ConversationKey previous, ConversationKey current, Instant at) => new()
    {
        Key = EventKey.Of(previous.Number.Value, EventLane.Live, id),
        Lane = EventLane.Live,
        Field = "messages",
        Number = previous.Number,
        Timestamp = at,
        ReceivedAt = at,
        Facts = new EventFacts { Rotation = new IdentityRotation(previous.Customer!.Value, current.Customer!.Value) },
        Raw = "{}"u8.ToArray(),
    };

    private bool IsToRead(int read) => read < MostReads && !Volatile.Read(ref _isWritten);

    private async Task TogetherAsync(Action writer, params Action[] readers)
    {
        Action[] actions = [Write, .. readers];
        using var start = new Barrier(actions.Length);
        await Task.WhenAll(actions.Select(action => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(Token);
                action();
            },
            Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))).WaitAsync(RealTime, Token);

        void Write()
        {
            try
            {
                writer();
            }
            finally
            {
                Volatile.Write(ref _isWritten, true);
            }
        }
    }

    private static Instant Time(int second) => Start + Duration.FromSeconds(second);

    private static ConversationKey PhoneOf(int i) => Of($"1777{i:D7}");

    private static ConversationKey UserOf(int i) => Of($"US.1777{i:D7}");

    private static ConversationKey SecondUserOf(int i) => Of($"US.2777{i:D7}");

    private static IdentityLink LinkOf(int i, ConversationKey user) => new(PhoneOf(i).Customer!.Value, user.Customer!.Value);

    private static ConversationKey Of(FormattableString id) => new(Number, CustomerId.Parse(id.ToString(CultureInfo.InvariantCulture)));

    // The store in memory completes at once.
    private void Ingest(params StoredEvent[] events) => IngestAsync(events).IsCompletedSuccessfully.Should().BeTrue();

    private ValueTask<IngestResult> IngestAsync(params StoredEvent[] events) => _store.IngestAsync(Batch(events), Token);
}
