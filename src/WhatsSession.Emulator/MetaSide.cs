using System.Collections.Concurrent;
using System.Text.Json;

namespace WhatsSession.Emulator;

/// <summary>What Meta knows: numbers, templates, customers and their messages. Everything else in the emulator reads and writes this.</summary>
internal sealed class MetaSide
{
    private readonly ConcurrentDictionary<string, InboundMessage> _inbound = new(StringComparer.Ordinal);

    public MetaSide(EmulatorOptions options)
    {
        Numbers = [.. options.Numbers];
        Templates = [.. options.Templates];
        RefusalMode = options.RefusalMode;
        AppSecret = options.AppSecret;
        Clock = new(options.StartsAt ?? TimeProvider.System.GetUtcNow(), options.ClockFrozen);
        Pump = new(Clock, Journal, options.AppSecret);
        Courier = new(Clock, Pump, options.SentAfter, options.DeliveredAfter, options.CustomersReadAtOnce);
        Customers = new(this);
    }

    public IReadOnlyList<EmulatedNumber> Numbers { get; }

    public IReadOnlyList<EmulatedTemplate> Templates { get; }

    public RefusalMode RefusalMode { get; }

    public string AppSecret { get; }

    public EmulatorClock Clock { get; }

    public EventJournal Journal { get; } = new();

    public WebhookPump Pump { get; }

    public Courier Courier { get; }

    public CustomerDirectory Customers { get; }

    public InboundMessage? FindInbound(string id) => _inbound.GetValueOrDefault(id);

    public EmulatedNumber Number(string id) =>
        Numbers.FirstOrDefault(n => string.Equals(n.Id, id, StringComparison.Ordinal))
        ?? throw new ArgumentException($"The emulator does not serve number '{id}'. It serves {Ids()}: use one of these, or add it with AddNumber.", nameof(id));

    public EmulatedNumber OnlyNumber() =>
        Numbers.Count == 1 ? Numbers[0] : throw new InvalidOperationException($"The emulator serves several numbers, {Ids()}: say which one with toNumber.");

    /// <summary>Takes a customer's message: opens the window, keeps the message, and posts the webhook.</summary>
    public async Task<string> ReceiveAsync(EmulatedCustomer customer, EmulatedNumber number, string type, Action<Utf8JsonWriter> writeContent, string? answerTo, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var message = new InboundMessage
        {
            Id = MessageIds.NewInbound(customer.HidesPhone ? customer.UserId : customer.Phone),
            Number = number,
            Customer = customer,
            At = DateTimeOffset.FromUnixTimeSeconds(Clock.GetUtcNow().ToUnixTimeSeconds()),
            Type = type,
            WriteContent = writeContent,
            AnswerTo = answerTo,
        };
        _inbound[message.Id] = message;
        customer.Wrote(message);
        var item = new WebhookItem
        {
            Kind = "message:" + type,
            NumberId = number.Id,
            MessageId = message.Id,
            Body = WebhookJson.Inbound(message),
            Ready = Task.CompletedTask,
        };
        await Pump.EnqueueAsync(item).WaitAsync(cancellationToken).ConfigureAwait(false);
        return message.Id;
    }

    private string Ids() => string.Join(", ", Numbers.Select(n => n.Id));
}
