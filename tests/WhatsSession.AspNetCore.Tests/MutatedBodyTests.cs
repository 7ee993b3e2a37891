using System.Net;
using WhatsSession.Tests;

namespace WhatsSession.AspNetCore.Tests;

/// <summary>No signed body makes the endpoint answer with an error: its content is the SDK's trouble, not Meta's.</summary>
public sealed class MutatedBodyTests
{
    private const int Cases = 500;

    [Fact]
    public async Task Post_MutatedAndSigned_Is200AndKept()
    {
        var samples = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Samples"), "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
        var random = new Random(5);
        var quarantined = 0;
        await using var app = await WebApp.StartAsync();
        for (var i = 0; i < Cases; i++)
        {
            var body = PayloadMutator.Mutate(samples, random);
            quarantined += WebhookReader.Read(body, []) is null ? 0 : 1;

            await app.ExpectAsync(HttpStatusCode.OK, body, WebhookSignature.Compute(body, WebApp.AppSecret), chunked: i % 2 == 0);
        }

        quarantined.Should().BeInRange(1, Cases - 1);
        (await app.Runtime.Quarantine.ListAsync(Cases)).Should().HaveCount(quarantined);
    }
}
