using System.Collections.Concurrent;
using NodaTime;

namespace WhatsSession.Sdk.Tests.Accepting;

/// <summary>The mutated samples through the door.</summary>
[WithoutEmulator("Byte soup.")]
public sealed class MutatedWebhookTests
{
    private const int Cases = 5_000;

    private static readonly byte[][] Payloads = [.. Sample.NamesIn("webhooks").Select(Sample.Minified), .. MadePayloads.All];

    /// <summary>What the reader cannot read to its end is in quarantine, and what it read is kept and can be handled.</summary>
    [Fact]
    public async Task AcceptAsync_Mutated_Is200AndKeepsOrQuarantinesAll()
    {
        var handled = new ConcurrentDictionary<EventKey, bool>();
        await using var scene = await Scene.StartAsync(builder => builder.On<WhatsAppEvent>((received, _) =>
        {
            // What the SDK tells of what it read, such as of two customers under one phone number, came of no payload.
            if (received.Message.Lane != EventLane.Alert)
            {
                handled.TryAdd(received.Message.Key, value: true);
            }

            return Task.CompletedTask;
        }));
        var random = new Random(17);
        var dispatched = new HashSet<EventKey>();
        var quarantined = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Cases; i++)
        {
            var payload = PayloadMutator.Mutate(Payloads, random);
            var events = new List<WhatsAppEvent>();
            if (WebhookReader.Read(payload, events) is not null)
            {
                quarantined.Add(Convert.ToHexString(payload));
            }

            ((await scene.AcceptAsync(payload)) with { TooOld = 0, Repeated = 0 }).Should().Be(new AcceptResult(200, events.Count), $"case {i}");
            dispatched.UnionWith(events.Where(received => received.Timestamp == NodaConstants.UnixEpoch || received.Lane == EventLane.History || scene.Now - received.Timestamp <= Duration.FromDays(8)).Select(received => received.Key));
        }

        await scene.DrainAsync();
        handled.Keys.Should().OnlyContain(key => dispatched.Contains(key)).And.HaveSameCount(dispatched);
        (await scene.Runtime.Parked.ListAsync(10)).Should().BeEmpty();
        (await scene.Store.ListQuarantinedAsync(after: null, 100_000)).Select(kept => Convert.ToHexString(kept.Payload.Span)).Order(StringComparer.Ordinal)
            .Should().Equal(quarantined.Order(StringComparer.Ordinal));
    }
}
