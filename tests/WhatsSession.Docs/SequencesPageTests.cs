using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using WhatsSession.Emulator;

namespace WhatsSession.Docs;

/// <summary>The page on sequences: its samples compile, and its cart goes out as it says.</summary>
public sealed class SequencesPageTests
{
    private static IReadOnlyList<string> Samples => Page.Of("docs/sequences.md").Samples;

    [Fact]
    public void Samples_OfThePage_Compile() =>
        Samples.Select(static sample => Snippets.Compile(OutputKind.DynamicallyLinkedLibrary, sample)).Should().HaveCount(4).And.OnlyContain(static image => image.Length > 0);

    [Fact]
    public async Task Cart_NobodyAnswers_GoesOutByWindowAndByTemplate()
    {
        var cart = Assembly.Load(Snippets.Compile(OutputKind.DynamicallyLinkedLibrary, Samples[0])).GetType("Carts")!.GetMethod("Cart")!;
        await using var meta = await WhatsAppEmulator.StartAsync(o =>
        {
            o.StartsAt = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
            o.ClockFrozen = true;
            o.AddNumber("314159265358979");
            o.AddTemplate("cart_reminder", "en_US", bodyParameters: 1);
        });
        await using var app = await WhatsSessionRuntime.StartAsync(
            o =>
            {
                o.Numbers.Add("support", phoneNumberId: "314159265358979", accessToken: "dev");
                o.AppSecret = "dev-secret";
                o.GraphBaseAddress = meta.BaseAddress;
            },
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(meta.Clock);
                builder.AddSequence("cart", s => cart.Invoke(null, [s]));
            });
        meta.ConnectWebhook(async (post, token) => (await app.AcceptAsync(post.Body, post.Signature, token)).StatusCode);
        await meta.Customer("15550001234", "Ana").SaysAsync("Hi");
        await SettleAsync();

        await app.Client.Number("support").Conversation("15550001234").StartSequenceAsync("cart", new Dictionary<string, string> { ["cart"] = "42" });
        for (var hour = 0; hour < 30; hour++)
        {
            await SettleAsync();
            meta.Clock.Advance(TimeSpan.FromHours(1));
        }

        await SettleAsync();
        meta.Requests.Where(static request => request.MessageId is not null).Select(static request => $"{request.Type} at {request.At.Hour}")
            .Should().Equal("text at 11", "interactive at 8", "template at 9");

        async Task SettleAsync()
        {
            for (var round = 0; round < 3; round++)
            {
                await meta.SettleAsync();
                await app.DrainAsync(TimeSpan.FromSeconds(30));
            }
        }
    }
}
