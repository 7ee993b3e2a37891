using System.Collections.Concurrent;

namespace WhatsSession.Emulator;

/// <summary>What Meta knows: numbers, templates, media, customers and their messages. Everything else in the emulator reads and writes this.</summary>
internal sealed class MetaSide
{
    private readonly ConcurrentDictionary<string, InboundMessage> _inbound = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ThroughputLimit> _throughput = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _allowed = new(StringComparer.Ordinal);
    private volatile IReadOnlyList<EmulatedNumber> _numbers = [];
    private int _refusals;

    public MetaSide(EmulatorOptions options)
    {
        RefusalMode = options.RefusalMode;
        AppSecret = options.AppSecret;
        VerifyToken = options.VerifyToken;
        RateLimits = options.RateLimits;
        ReactionsOpenWindow = options.ReactionsOpenWindow;
        DirectSend = options.DirectSend;
        Limit = new() { Customers = options.MessagingLimit };
        Clock = new(options.StartsAt ?? TimeProvider.System.GetUtcNow(), options.ClockFrozen);
        Journal = new(Changes, options.JournalLength);
        Pump = new(Clock, Journal, options.AppSecret);
        Courier = new(this) { SentAfter = options.SentAfter, DeliveredAfter = options.DeliveredAfter, ReadAtOnce = options.CustomersReadAtOnce };
        Customers = new(this);
        Groups = new(this);
        Restrictions = new(this);
        Media = new(this);
        Templates = new(this, options);
        foreach (var number in options.Numbers)
        {
            AddNumber(number);
        }
    }

    public IReadOnlyList<EmulatedNumber> Numbers => _numbers;

    public RefusalMode RefusalMode { get; set; }

    public string AppSecret { get; }

    /// <summary>For the handshake with a callback.</summary>
    public string VerifyToken { get; }

    public bool RateLimits { get; set; }

    public bool ReactionsOpenWindow { get; set; }

    /// <summary>Whether accounts are eligible for Direct Send.</summary>
    public bool DirectSend { get; set; }

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

    /// <summary>The only phone numbers it may write to; none for everyone.</summary>
    public IReadOnlyList<string> AllowedBy(EmulatedNumber number) => _allowed[number.Id];

    /// <summary>Sets whom a number may write to.</summary>
    public void Allow(EmulatedNumber number) => _allowed[number.Id] = [.. number.AllowedRecipients.Select(static a => PhoneDigits.Find(a)!)];

    /// <returns>The number as it is kept.</returns>
    /// <exception cref="ArgumentException">Something in it is wrong, or it is there already.</exception>
    public EmulatedNumber AddNumber(EmulatedNumber number)
    {
        lock (_throughput)
        {
            number = EmulatorOptions.Checked(number, _numbers);
            _throughput[number.Id] = new(number.MessagesPerSecond);
            Allow(number);
            Templates.AddAccount(number.BusinessAccountId);
            _numbers = [.. _numbers, number];
            return number;
        }
    }

    /// <summary>Sends the webhooks of a number, of an account, or of all to a target from now on.</summary>
    /// <param name="id">Of the number or the account; null for all.</param>
    /// <param name="target">Null for none, or none of its own.</param>
    public void Connect(string? id, HttpTarget? target)
    {
        if (id is null)
        {
            Pump.Routes.App = target;
            return;
        }

        if (!Numbers.Any(n => string.Equals(n.Id, id, StringComparison.Ordinal) || string.Equals(n.BusinessAccountId, id, StringComparison.Ordinal)))
        {
            throw new ArgumentException($"'{id}' is neither a phone number id nor a business account id that the emulator serves.", nameof(id));
        }

        Pump.Routes.Override(id, target);
    }

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
        customer.ThrowIfLeft();
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
        if (draft.Group is null)
        {
            customer.With(number).Meet();
        }

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
