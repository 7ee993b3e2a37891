namespace WhatsSession.Webhooks.Tests.Reading;

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
                var restored = WebhookReader.Restore(Payload.Kept(received));
                if (EventText.Of(restored) != EventText.Of(received))
                {
                    EventText.Of(restored).Should().Be(EventText.Of(received), $"seed {seed}, case {i}");
                }
            }
        }
    }

    /// <summary>Places alone: what is wrong is said without content.</summary>
    private static bool IsClean(string? problem) =>
        problem is null || problem.StartsWith("The payload is not JSON (line ", StringComparison.Ordinal) || problem is "The payload has no event.";
}
