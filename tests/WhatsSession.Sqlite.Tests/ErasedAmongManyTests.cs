using System.Buffers.Binary;
using System.Text;
using NodaTime;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.Sqlite.Tests;

/// <summary>Erasures among many customers of all sizes: the tree of the file is rearranged again and again, and no page keeps what it held before.</summary>
public sealed class ErasedAmongManyTests : IAsyncDisposable
{
    private readonly StoreFiles _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    [Fact]
    public async Task EraseAsync_CustomersAmongMany_NoPageHoldsOneOfThem()
    {
        const int Erased = 60;
        var random = new Random(1);
        var path = _files.NewPath();
        var store = _files.Open(path);
        var customers = Enumerable.Range(0, 2 * Erased).Select(i => NewCustomer(random, i)).ToArray();
        for (var round = 0; round < 4; round++)
        {
            random.Shuffle(customers);
            foreach (var chunk in customers.Chunk(20))
            {
                await store.IngestAsync(Batch([.. chunk.SelectMany(customer => EventsOf(customer, round, random))]), Token);
                foreach (var customer in chunk)
                {
                    await SendAsync(store, customer, round, random);
                }
            }
        }

        random.Shuffle(customers);
        foreach (var customer in customers[..Erased])
        {
            await store.EraseAsync(customer, Start + Duration.FromDays(1), Token);
        }

        Count(path, customers[..Erased]).Should().Be(0);
        foreach (var customer in customers[Erased..])
        {
            await store.IngestAsync(Batch([.. EventsOf(customer, round: 5, random)]), Token);
        }

        Count(path, customers[..Erased]).Should().Be(0, "what is written later takes no old bytes along");
        await store.DisposeAsync();
        Count(path, customers[..Erased]).Should().Be(0);
        Count(path, customers[Erased..]).Should().Be(Erased, "the others are all there");
        (await StoreFiles.QueryAsync(path, "PRAGMA integrity_check")).Should().Be("ok");
    }

    [Fact]
    public void ZeroGap_PageOfATable_LosesWhatStandsBetweenPointersAndCells()
    {
        var page = NewPage(kind: 13, cells: 4000, 4000, 4050);
        SqliteZeroedGaps.ZeroGap(page, isFirst: false);
        page[..12].Should().NotContain((byte)0xEE);
        page[12..4000].Should().OnlyContain(static value => value == 0);
        page[4000..].Should().OnlyContain(static value => value == 0xEE);
    }

    [Theory]
    [InlineData(0, 4000, 4000)]
    [InlineData(13, 4000, 3999)]
    [InlineData(10, 9, 4000)]
    [InlineData(5, 0, 4000)]
    public void ZeroGap_WhatIsNoPageOfATable_StaysAsItIs(byte kind, ushort cells, ushort pointer)
    {
        var page = NewPage(kind, cells, pointer);
        var before = page.ToArray();
        SqliteZeroedGaps.ZeroGap(page, isFirst: false);
        page.Should().Equal(before);
    }

    private static byte[] NewPage(byte kind, ushort cells, params ushort[] pointers)
    {
        var page = new byte[4096];
        page.AsSpan().Fill(0xEE);
        page[0] = kind;
        page.AsSpan(1, 2).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(page.AsSpan(3), (ushort)pointers.Length);
        BinaryPrimitives.WriteUInt16BigEndian(page.AsSpan(5), cells);
        page[7] = 0;
        for (var i = 0; i < pointers.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(page.AsSpan((kind is 2 or 5 ? 12 : 8) + (2 * i)), pointers[i]);
        }

        return page;
    }

    private static ConversationKey NewCustomer(Random random, int i) =>
        new(Number, CustomerId.Parse(FormattableString.Invariant($"1556{random.Next(1_000_000):000000}{i:000}")));

    /// <summary>How many of the customers any of the files names.</summary>
    private static int Count(string path, ConversationKey[] customers)
    {
        var files = Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*")
            .Where(static file => !file.EndsWith("-shm", StringComparison.Ordinal)) // To close it would drop the locks of this process; it holds numbers alone.
            .Select(ErasedBytesTests.Read)
            .ToArray();
        return customers.Count(customer => files.Any(bytes => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(customer.Customer!.Value.Value)) >= 0));
    }

    private static async Task SendAsync(SqliteStore store, ConversationKey customer, int round, Random random)
    {
        var sent = Intent(customer, Start, TextOf(customer, random));
        await store.SaveIntentAsync(sent, Token);
        if (round % 2 == 0)
        {
            var key = new IdempotencyKey(Number, $"{customer.Customer!.Value.Value}-{round}");
            await store.TakeKeyAsync(key, Keyed(customer, sent.Id), Start, Token);
            await store.RecordOutcomeAsync(key, sent.Id, Encoding.UTF8.GetBytes(TextOf(customer, random)), Token);
            await store.HoldAsync(new HeldMessage { Intent = Intent(customer, Start, TextOf(customer, random)), ExpiresAt = Start + Duration.FromDays(30) }, seen: null, Token);
            await store.IngestAsync(new IngestBatch { Events = [], Quarantined = Encoding.UTF8.GetBytes("{" + TextOf(customer, random)), ReceivedAt = Start }, Token);
            await ClaimAsync(store, new FallbackClaim(customer, Start, TextOf(customer, random)), Start);
        }
    }

    private static IEnumerable<StoredEvent> EventsOf(ConversationKey customer, int round, Random random)
    {
        var id = $"{customer.Customer!.Value.Value}-{round}";
        yield return new StoredEvent
        {
            Key = EventKey.Of(Number.Value, EventLane.Live, id),
            Lane = EventLane.Live,
            Field = "messages",
            Number = Number,
            Conversation = customer,
            Timestamp = Start + Duration.FromSeconds(round),
            ReceivedAt = Start,
            OpensWindow = true,
            Message = MessageId.Parse("wamid." + id),
            Raw = Encoding.UTF8.GetBytes(TextOf(customer, random)),
            Contact = Encoding.UTF8.GetBytes(TextOf(customer, random)),
        };
        yield return Status(id, DeliveryStatus.Sent, customer, Start);
        yield return Status(id, DeliveryStatus.Failed, customer, Start, new GraphError { Code = 131026, Message = TextOf(customer, random) });
    }

    private static string TextOf(ConversationKey customer, Random random) =>
        string.Concat(Enumerable.Repeat(customer.Customer!.Value.Value + " ", random.Next(8) switch { 0 => random.Next(1, 600), < 3 => random.Next(1, 60), _ => 1 }));
}
