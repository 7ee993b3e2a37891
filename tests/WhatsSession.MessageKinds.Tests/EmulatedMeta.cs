using WhatsSession.Emulator;
using WhatsSession.Tests;

namespace WhatsSession.MessageKinds.Tests;

/// <summary>Meta's side and the SDK, with an open window and a template for each kind that needs one.</summary>
internal sealed class EmulatedMeta : IAsyncDisposable
{
    private const string Phone = "15550001234";

    private EmulatedMeta(WhatsAppEmulator emulator, WhatsSessionRuntime runtime)
    {
        Emulator = emulator;
        Runtime = runtime;
    }

    public WhatsAppEmulator Emulator { get; }

    public WhatsSessionRuntime Runtime { get; }

    public static async Task<EmulatedMeta> StartAsync()
    {
        var emulator = await WhatsAppEmulator.StartAsync(options =>
        {
            options.RateLimits = false;
            foreach (var (kind, index) in Kinds.All.Select((kind, index) => (kind, index)).Where(row => row.kind.ReadWithTyping is null))
            {
                if (kind.Make(SampleMedia.Contents) is TemplateMessage template)
                {
                    options.AddTemplate(ApprovedTemplate.Of(template, NameOf(index)));
                }
            }
        });
        foreach (var group in Kinds.All.Select(kind => kind.To.Group).OfType<GroupId>().Distinct())
        {
            emulator.AddGroup(group.Value, [Phone]);
        }

        var runtime = await WhatsSessionRuntime.StartAsync(
            o =>
            {
                o.Numbers.Add("support", Kind.Number.Value, "dev");
                o.AppSecret = "dev-secret";
                o.GraphBaseAddress = emulator.BaseAddress;
            },
            _ => { });
        return new EmulatedMeta(emulator, runtime);
    }

    /// <summary>Sends a message of the kind as the customer's answer.</summary>
    /// <returns>Null when it was accepted, else why not.</returns>
    public async Task<string?> SendAsync(Kind kind)
    {
        var customer = Emulator.Customer(kind.To.Customer is { IsPhone: true } phone ? phone.Value : Phone);
        var received = await (kind.To.Group is { } joined ? customer.SaysInGroupAsync("hi", joined.Value) : customer.SaysAsync("hi"));
        if (kind.ReadWithTyping is { } typing)
        {
            using var http = new HttpClient();
            var graph = new GraphClient(http, new GraphClientOptions { BaseAddress = Emulator.BaseAddress });
            return (await graph.Messages.MarkReadAsync(Kind.Number, MessageId.Parse(received), "dev", typing)).Error?.ToString();
        }

        var conversation = kind.To.Group is { } group ? Runtime.Client.Number("support").Group(group) : Runtime.Client.Number("support").Conversation(kind.To.Customer is { IsPhone: true } ? kind.To.Customer.Value : CustomerId.Parse(customer.UserId));
        var options = new SendOptions { ReplyTo = kind.ReplyTo is null ? null : MessageId.Parse(received) };
        var outcome = kind.Make(SampleMedia.Contents) switch
        {
            TemplateMessage template => await conversation.SendAsync(template with { Name = NameOf(Kinds.All.ToList().IndexOf(kind)) }, options),
            DirectSendMessage direct => await conversation.SendAsync(direct, options),
            ReactionMessage reaction => await conversation.SendAsync(reaction with { MessageId = MessageId.Parse(received) }, options),
            var message => await conversation.SendAsync((SessionMessage)message, options),
        };
        return outcome.IsAccepted ? null : outcome.Describe();
    }

    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync();
        await Emulator.DisposeAsync();
    }

    private static string NameOf(int index) => $"kind_{index}";
}
