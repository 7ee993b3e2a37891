using System.Collections.Concurrent;

namespace WhatsSession.Emulator;

/// <summary>What Meta knows: numbers, templates, media, customers and their messages. Everything else in the emulator reads and writes this.</summary>
internal sealed class MetaSide
{
    private readonly ConcurrentDictionary<string, InboundMessage> _inbound = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ThroughputLimit> _throughput;
    private int _refusals;

    public MetaSide(EmulatorOptions options)
    {
        Numbers = [.. options.Numbers];
        RefusalMode = options.RefusalMode;
        AppSecret = options.AppSecret;
        RateLimits = options.RateLimits;
        ReactionsOpenWindow = options.ReactionsOpenWindow;
        DirectSend = options.DirectSend;
        Limit = new(options.MessagingLimit);
        _throughput = Numbers.ToDictionary(static n => n.Id, static n => new ThroughputLimit(n.MessagesPerSecond), StringComparer.Ordinal);
        Clock = new(options.StartsAt ?? TimeProvider.System.GetUtcNow(), options.ClockFrozen);
        Journal = new(Changes, options.JournalLength);
        Pump = new(Clock, Journal, options.AppSecret);
        Courier = new(this, options.SentAfter, options.DeliveredAfter, options.CustomersReadAtOnce);
        Customers = new(this);
        Groups = new(this);
        Restrictions = new(this);
        Media = new(this);
        Templates = new(this, options);
    }

    public IReadOnlyList<EmulatedNumber> Numbers { get; }

    public RefusalMode RefusalMode { get; set; }

    public string AppSecret { get; }

    public bool RateLimits { get; }

    public bool ReactionsOpenWindow { get; }

    /// <summary>Whether accounts are eligible for Direct Send.</summary>
    public bool DirectSend { get; }

    public MessagingLimit Limit { get; }

    public AccountRestrictions Restrictions { get; }

    public EmulatorClock Clock { get; }

    public ChangeFeed Changes { get; } = new();

    public EventJournal Journal { get; }

    public WebhookPump Pump { get; }

    public EmulatorFaults Faults => Pump.Faults;

    public Courier Courier { get; }

    public CustomerDirectory Customers { get; }

    public GroupDirectory Groups { get; }

    public MediaStore Media { get; }

    public TemplateStore Templates { get; }

    /// <summary>Where the emulator itself is reached; known once it listens.</summary>
    public Uri BaseAddress { get; set; } = new("http://127.0.0.1/");

    /// <summary>Meta's present moment.</summary>
    public DateTimeOffset Now => Clock.GetUtcNow() + Faults.ClockSkew;

    public InboundMessage? FindInbound(string id) => _inbound.GetValueOrDefault(id);

    public ThroughputLimit ThroughputOf(EmulatedNumber number) => _throughput[number.Id];

    public EmulatedNumber Number(string id) =>
        Numbers.FirstOrDefault(n => string.Equals(n.Id, id, StringComparison.Ordinal))
        ?? throw new ArgumentException($"The emulator does not serve number '{id}'. It serves {Ids()}: use one of these, or add it with AddNumber.", nameof(id));

    public EmulatedNumber OnlyNumber() =>
        Numbers.Count == 1 ? Numbers[0] : throw new InvalidOperationException($"The emulator serves several numbers, {Ids()}: say which one with toNumber.");

    /// <returns>Whether the next message outside the window is refused at once.</returns>
    public bool RefusesAtOnce() => RefusalMode switch
    {
        RefusalMode.Synchronous => true,
        RefusalMode.Asynchronous => false,
        _ => (Interlocked.Increment(ref _refusals) & 1) == 1,
    };

    /// <summary>Takes a customer's message: opens the window, keeps the message, and posts the webhook.</summary>
    public async Task<string> ReceiveAsync(CustomerDraft draft, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (customer, number, type, writeContent) = draft;
        if (draft.Group is null && customer.With(number).Blocked)
        {
            throw new InvalidOperationException($"{customer} blocked number {number.Id} and cannot write to it: let them unblock it first.");
        }

        if (Faults.UnknownTypes)
        {
            (type, writeContent) = ("emulator_unknown", static json =>
            {
                json.WriteStartObject("emulator_unknown");
                json.WriteNumber("answer", 42);
                json.WriteEndObject();
            }
            );
        }

        var message = new InboundMessage
        {
            Id = MessageIds.NewInbound(customer.HidesPhone ? customer.UserId : customer.Phone),
            Number = number,
            Customer = customer,
            At = WholeSecond(Now),
            Type = type,
            AnswerTo = draft.AnswerTo,
            Group = draft.Group,
        };
        message.Element = WebhookParts.Message(message, writeContent);
        _inbound[message.Id] = message;
        customer.Wrote(message);
        if (draft.OpensWindow)
        {
            (draft.Group?.Pair ?? customer.With(number)).Open(message.At, draft.FromAd);
        }

        ThroughputOf(number).Take(Clock.GetUtcNow());
        await TellAsync(customer, number, "message:" + type, message.Id, WebhookItem.Messages, WebhookItem.Messages, message.Element).WaitAsync(cancellationToken).ConfigureAwait(false);
        return message.Id;
    }

    /// <summary>Posts an update about a customer.</summary>
    public Task TellAsync(EmulatedCustomer customer, EmulatedNumber number, string kind, string id, string field, string array, byte[] element)
    {
        Changes.Tell();
        return Pump.EnqueueAsync(new()
        {
            Kind = kind,
            AccountId = number.BusinessAccountId,
            Number = number,
            MessageId = id,
            Field = field,
            Contact = customer.Contact(withUsername: true),
            Array = array,
            Element = element,
        });
    }

    /// <summary>Meta's timestamps have no fractions.</summary>
    public static DateTimeOffset WholeSecond(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());

    private string Ids() => string.Join(", ", Numbers.Select(n => n.Id));
}
