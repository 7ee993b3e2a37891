using System.Net;
using WhatsSession.Emulator.Accounts;
using WhatsSession.Emulator.Acting;
using WhatsSession.Emulator.Clock;
using WhatsSession.Emulator.Control;
using WhatsSession.Emulator.Customers;
using WhatsSession.Emulator.Graph;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Journal;
using WhatsSession.Emulator.Media;
using WhatsSession.Emulator.Numbers;
using WhatsSession.Emulator.Sending;
using WhatsSession.Emulator.Templates;
using WhatsSession.Emulator.Webhooks;

namespace WhatsSession.Emulator;

/// <summary>Meta's side, put together. Only the top of the house sees it: each part is given what it needs.</summary>
internal sealed class MetaSide : IDisposable
{
    public MetaSide(EmulatorOptions options)
    {
        Clock = new(options.StartsAt ?? TimeProvider.System.GetUtcNow(), options.ClockFrozen, TimeProvider.System);
        var time = new MetaTime(Clock, Faults);
        Journal = new(Changes, options.JournalLength);
        Templates = new(time, options.Templates);
        Numbers = new(Templates.AddAccount);
        Groups = new(Customers);
        Routes = new(Numbers);
        Targets = new(options.VerifyToken);
        Pump = new(Clock, Journal, Faults, Routes, options.AppSecret);
        Restrictions = new(Numbers, time, Pump, Changes);
        Review = new(Templates, Clock, Pump, Changes) { ApprovedAfter = options.TemplatesApprovedAfter };
        Sending = new()
        {
            RefusalMode = options.RefusalMode,
            RateLimits = options.RateLimits,
            DirectSend = options.DirectSend,
            FreeEntryPoint = options.FreeEntryPoint,
            FreeServiceMessages = options.FreeServiceMessages,
            PaymentExempt = options.PaymentExempt,
        };
        var customers = new CustomerSettings { ReactionsOpenWindow = options.ReactionsOpenWindow, NewerCallEvents = options.NewerCallEvents };
        var limit = new MessagingLimit { Customers = options.MessagingLimit };
        var courier = new Courier(Pump, time, Changes)
        {
            SentAfter = options.SentAfter,
            DeliveredAfter = options.DeliveredAfter,
            ReadAtOnce = options.CustomersReadAtOnce,
        };
        var media = new MediaStore(time, Address);
        var inbound = new InboundMessageLog();
        var news = new CustomerNews(Pump, Changes);
        var world = new World
        {
            Numbers = Numbers,
            Customers = Customers,
            Groups = Groups,
            Media = media,
            Settings = customers,
            Intake = new(Numbers, inbound, Faults, time, news),
            News = news,
            Courier = courier,
            Time = time,
        };
        Cast = world.Cast;
        var acceptance = new Acceptance(
            new(Templates, media),
            new(Customers, Groups),
            new(Numbers, Restrictions, Sending),
            new(Numbers, limit, Sending, Clock),
            new(Sending),
            inbound);
        var router = new GraphRouter(Numbers)
        {
            Messages = new(acceptance, inbound, time, Changes),
            Accounts = new(Numbers, Routes, limit, options.AppSecret),
            Media = new(media, Numbers),
            Templates = new(Templates, Review, time),
            QrCodes = new(),
            Callbacks = new(Routes, Targets),
            Uploads = new(Clock),
        };
        var feed = new ClockFeed(Clock);
        Graph = new(router, Faults, Journal, courier, time, feed, Address);
        var webhooks = new WebhookPages(Routes, Targets, Pump, Journal, Changes);
        var journal = new JournalPages(Journal);
        var control = new ControlRoutes(Changes)
        {
            State = new(Clock, Numbers, Sending, Faults) { Webhooks = webhooks, Journal = journal },
            Journal = journal,
            Clock = new(Clock, feed),
            Customers = new(Customers, Numbers, time, Changes),
            Actions = new(Customers, Numbers, Groups, Cast, Changes),
            Groups = new(Groups, Numbers, time, Changes),
            Files = new(media),
            Faults = new(Faults),
            Options = new(Sending, courier, limit, Review, customers),
            Numbers = new(Numbers, Changes),
            Webhooks = webhooks,
            Accounts = new(Templates, Review, Restrictions, Changes),
        };
        Control = new(control, Changes, time, Address, isLocal: IPAddress.IsLoopback(IPAddress.Parse(options.ListenAddress)));
        foreach (var number in options.Numbers)
        {
            Numbers.Add(number);
        }
    }

    public OwnAddress Address { get; } = new();

    public EmulatorClock Clock { get; }

    public EmulatorFaults Faults { get; } = new();

    public ChangeFeed Changes { get; } = new();

    public EventJournal Journal { get; }

    public NumberDirectory Numbers { get; }

    public TemplateStore Templates { get; }

    public CustomerDirectory Customers { get; } = new();

    public GroupDirectory Groups { get; }

    public WebhookRoutes Routes { get; }

    public HttpTargets Targets { get; }

    public WebhookPump Pump { get; }

    public TemplateReview Review { get; }

    public AccountRestrictions Restrictions { get; }

    public SendingSettings Sending { get; }

    public Cast Cast { get; }

    public GraphEndpoint Graph { get; }

    public ControlApi Control { get; }

    public void Dispose()
    {
        Control.Dispose();
        Targets.Dispose();
    }
}
