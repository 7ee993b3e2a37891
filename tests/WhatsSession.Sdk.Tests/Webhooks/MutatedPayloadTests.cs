using System.Collections.Concurrent;
using NodaTime;

namespace WhatsSession.Sdk.Tests.Webhooks;

/// <summary>A seeded mutator over all samples: any bytes give events or a problem, never an exception.</summary>
public sealed class MutatedPayloadTests
{
    private const int Cases = 100_000;

    private const int Parts = 10;

    private static readonly byte[][] Payloads = [.. Sample.NamesIn("webhooks").Select(Sample.Minified), .. MadePayloads.All];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Parts)];

    /// <summary>100,000 cases in all, each a sample with up to eight changes, always the same ones. What is read is also restored from its own slice.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Read_Mutated_NeverThrowsAndNeverQuotes(int seed)
    {
        var random = new Random(seed);
        var events = new List<WhatsAppEvent>();
        for (var i = 0; i < Cases / Parts; i++)
        {
            var payload = PayloadMutator.Mutate(Payloads, random);
            events.Clear();

            var problem = WebhookReader.Read(payload, events);

            (events.Count > 0 || problem is not null).Should().BeTrue();
            IsClean(problem).Should().BeTrue(problem);
            foreach (var received in events)
            {
                var restored = WebhookReader.Restore(Payload.Stored(received));
                if (EventText.Of(restored) != EventText.Of(received))
                {
                    EventText.Of(restored).Should().Be(EventText.Of(received), $"seed {seed}, case {i}");
                }
            }
        }
    }

    /// <summary>The same through the door: what the reader cannot read to its end is in quarantine, and what it read is kept and can be handled.</summary>
    [Fact]
    public async Task AcceptAsync_Mutated_Is200AndKeepsOrQuarantinesAll()
    {
        var handled = new ConcurrentDictionary<EventKey, bool>();
        await using var scene = await Scene.StartAsync(builder => builder.On<WhatsAppEvent>((received, _) =>
        {
            // What the SDK tells of what it read, such as of two customers under one phone number, came of no payload.
            if (received.Event.Lane != EventLane.Alert)
            {
                handled.TryAdd(received.Event.Key, value: true);
            }

            return Task.CompletedTask;
        }));
        var random = new Random(17);
        var dispatched = new HashSet<EventKey>();
        var quarantined = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Cases / 20; i++)
        {
            var payload = PayloadMutator.Mutate(Payloads, random);
            var events = new List<WhatsAppEvent>();
            if (WebhookReader.Read(payload, events) is not null)
            {
                quarantined.Add(Convert.ToHexString(payload));
            }

            (await scene.AcceptAsync(payload)).Should().Be(new AcceptResult(200, events.Count), $"case {i}");
            dispatched.UnionWith(events.Where(received => received.Timestamp == NodaConstants.UnixEpoch || received.Lane == EventLane.History || scene.Now - received.Timestamp <= Duration.FromDays(8)).Select(received => received.Key));
        }

        await scene.DrainAsync();
        handled.Keys.Should().OnlyContain(key => dispatched.Contains(key)).And.HaveSameCount(dispatched);
        (await scene.Runtime.ListParkedAsync(10)).Should().BeEmpty();
        (await scene.Store.ListQuarantinedAsync(Cases)).Select(kept => Convert.ToHexString(kept.Payload.Span)).Should().BeEquivalentTo(quarantined);
    }

    /// <summary>Places alone: what is wrong is said without content.</summary>
    private static bool IsClean(string? problem) =>
        problem is null || problem.StartsWith("The payload is not JSON (line ", StringComparison.Ordinal) || problem is "The payload has no event.";
}
