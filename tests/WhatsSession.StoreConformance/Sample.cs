using System.Text;
using WhatsSession.Storage;

namespace WhatsSession.StoreConformance;

/// <summary>Invented customers and events for the suite.</summary>
internal static class Sample
{
    public static readonly PhoneNumberId Number = PhoneNumberId.Parse("314159265358979");
    public static readonly PhoneNumberId OtherNumber = PhoneNumberId.Parse("161803398874989");
    public static readonly BusinessAccountId Account = BusinessAccountId.Parse("271828182845904");
    public static readonly CustomerId Phone = CustomerId.Parse("15550001234");
    public static readonly CustomerId SecondPhone = CustomerId.Parse("15550005678");
    public static readonly CustomerId User = CustomerId.Parse("US.13491208655302741918");
    public static readonly CustomerId SecondUser = CustomerId.Parse("US.77310048211900555020");
    public static readonly CustomerId ThirdUser = CustomerId.Parse("US.90210000000000000003");
    public static readonly GroupId Group = GroupId.Parse("Y2FwaV9ncm91cDoxNTU1");
    public static readonly Instant Start = Instant.FromUtc(2026, 11, 3, 12, 0);
    public static readonly byte[] Content = "what it says"u8.ToArray();
    public static readonly Duration HourLead = Duration.FromHours(1);

    /// <summary>The fact that <see cref="Phone"/> and <see cref="User"/> are one customer.</summary>
    public static readonly IdentityLink OneCustomer = new(Phone, User);

    public static readonly ConversationKey ByPhone = new(Number, Phone);
    public static readonly ConversationKey BySecondPhone = new(Number, SecondPhone);
    public static readonly ConversationKey ByUser = new(Number, User);
    public static readonly ConversationKey BySecondUser = new(Number, SecondUser);
    public static readonly ConversationKey ByThirdUser = new(Number, ThirdUser);
    public static readonly ConversationKey InGroup = new(Number, Group);

    /// <summary>A customer's text, which opens the window.</summary>
    public static StoredEvent Text(string id, ConversationKey conversation, Instant at, IdentityLink? link = null) => new()
    {
        Key = EventKey.Of(conversation.Number.Value, EventLane.Live, id),
        Lane = EventLane.Live,
        Field = "messages",
        Number = conversation.Number,
        Account = Account,
        Conversation = conversation,
        Link = link,
        Timestamp = at,
        ReceivedAt = at + Duration.FromMilliseconds(1500),
        OpensWindow = true,
        Message = MessageId.Parse("wamid." + id),
        Raw = Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"}"""),
        Contact = """{"profile":{"name":"Ada"}}"""u8.ToArray(),
    };

    /// <summary>A customer's text from before the horizon: it raises facts and dispatches nothing.</summary>
    public static StoredEvent Silent(string id, ConversationKey conversation, Instant at)
    {
        var text = Text(id, conversation, at);
        return new StoredEvent
        {
            Key = text.Key,
            Lane = text.Lane,
            Field = text.Field,
            Number = text.Number,
            Conversation = text.Conversation,
            Timestamp = text.Timestamp,
            ReceivedAt = text.ReceivedAt,
            OpensWindow = true,
            Dispatches = false,
            Raw = text.Raw,
        };
    }

    /// <summary>The copy of a text on another lane, which opens nothing.</summary>
    public static StoredEvent Copy(string id, ConversationKey conversation, Instant at, EventLane lane) => new()
    {
        Key = EventKey.Of(conversation.Number.Value, lane, id),
        Lane = lane,
        Field = "messages",
        Number = conversation.Number,
        Conversation = conversation,
        Timestamp = at,
        ReceivedAt = at,
        Message = MessageId.Parse("wamid." + id),
        Raw = Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"}"""),
    };

    /// <summary>An event that names phone and user id together, and opens nothing.</summary>
    public static StoredEvent Linking(string id, ConversationKey conversation, Instant at, IdentityLink link) =>
        WithLink(Copy(id, conversation, at, EventLane.Status), link);

    /// <summary>A notice about a number or, without one, an account.</summary>
    public static StoredEvent Notice(string id, PhoneNumberId? number, Instant at) => new()
    {
        Key = EventKey.Of(number?.Value ?? Account.Value, EventLane.Account, id),
        Lane = EventLane.Account,
        Field = "account_update",
        Number = number,
        Account = Account,
        Timestamp = at,
        ReceivedAt = at,
        Raw = Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"}"""),
    };

    /// <summary>A status of a message, with what it says beside.</summary>
    public static StoredEvent Status(string message, DeliveryStatus status, ConversationKey conversation, Instant at, GraphError? error = null, IntentId? intent = null, ConversationState state = default) =>
        WithFacts(
            Copy(message, conversation, at, EventLane.Status),
            $"{message}|{status}|{at.ToUnixTimeSeconds()}",
            new EventFacts { Delivery = MessageDelivery.Of(status, at, error), Intent = intent, State = state });

    /// <summary>Meta's notice that a customer's user id was replaced.</summary>
    public static StoredEvent Rotation(CustomerId previous, CustomerId current, Instant at) =>
        WithFacts(
            Copy("rotation", new ConversationKey(Number, current), at, EventLane.Account),
            $"{previous.Value}|{current.Value}",
            new EventFacts { Rotation = new IdentityRotation(previous, current) });

    /// <summary>Meta's word on whether the account may answer.</summary>
    public static StoredEvent Restriction(MessagingRestriction restriction) =>
        WithFacts(Notice("restriction", number: null, restriction.At), restriction.ToString(), new EventFacts { Restriction = restriction });

    /// <summary>An event that says facts of its conversation.</summary>
    public static StoredEvent Saying(string id, ConversationKey conversation, Instant at, ConversationState state) =>
        WithFacts(Copy(id, conversation, at, EventLane.Account), id, new EventFacts { State = state });

    /// <summary>An event that names the customer's phone and user id too.</summary>
    public static StoredEvent WithLink(StoredEvent stored, IdentityLink link) => new()
    {
        Key = stored.Key,
        Lane = stored.Lane,
        Field = stored.Field,
        Number = stored.Number,
        Account = stored.Account,
        Conversation = stored.Conversation,
        Link = link,
        Timestamp = stored.Timestamp,
        ReceivedAt = stored.ReceivedAt,
        Message = stored.Message,
        Facts = stored.Facts,
        Raw = stored.Raw,
    };

    /// <summary>The copy of a message of the business that somebody wrote in another way, which counts as an answer.</summary>
    public static StoredEvent Echo(string message, ConversationKey conversation, Instant at)
    {
        var echo = WithFacts(Copy(message, conversation, at, EventLane.Echo), message, new EventFacts { State = new ConversationState { Echoed = at } });
        return new StoredEvent
        {
            Key = echo.Key,
            Lane = echo.Lane,
            Field = "smb_message_echoes",
            Number = echo.Number,
            Conversation = echo.Conversation,
            Timestamp = at,
            ReceivedAt = echo.ReceivedAt,
            Message = MessageId.Parse("wamid." + message),
            Facts = echo.Facts,
            Raw = echo.Raw,
        };
    }

    private static StoredEvent WithFacts(StoredEvent stored, string id, EventFacts facts) => new()
    {
        Key = EventKey.Of(stored.Number?.Value ?? Account.Value, stored.Lane, id),
        Lane = stored.Lane,
        Field = stored.Field,
        Number = stored.Number,
        Account = Account,
        Conversation = stored.Conversation,
        Timestamp = stored.Timestamp,
        ReceivedAt = stored.ReceivedAt,
        Message = stored.Lane == EventLane.Status ? stored.Message : null,
        Facts = facts,
        Raw = stored.Raw,
    };

    /// <summary>A host tells the store Meta's time.</summary>
    public static async Task PassAsync(IWhatsSessionStore store, Instant metaTime, Instant? hostTime = null) =>
        await store.IngestAsync(
            new IngestBatch { Events = [], ReceivedAt = hostTime ?? metaTime, MetaTime = metaTime }, Xunit.TestContext.Current.CancellationToken);

    /// <summary>A batch that a host whose clock is right accepts as it comes.</summary>
    public static IngestBatch Batch(params StoredEvent[] events) => Batch(Duration.Zero, events);

    public static IngestBatch Batch(Duration alertLead, params StoredEvent[] events) => new()
    {
        Events = events,
        MetaTime = events.Length == 0 ? Start : events.Max(static stored => stored.ReceivedAt),
        ReceivedAt = events.Length == 0 ? Start : events.Max(static stored => stored.ReceivedAt),
        Alerts = alertLead > Duration.Zero ? new SamplePlanner(alertLead).Alerts : [],
    };

    /// <summary>The send that takes a key.</summary>
    public static KeyedSend Keyed(ConversationKey conversation, IntentId? intent = null) => new(intent ?? IntentId.New(), conversation, Content);

    /// <summary>Claims a fallback for a send of its own.</summary>
    /// <returns>Whether it was free.</returns>
    public static async Task<bool> ClaimAsync(IWhatsSessionStore store, FallbackClaim claim, Instant now, IntentId? intent = null) =>
        await store.ClaimFallbackAsync(claim, intent ?? IntentId.New(), "order_shipped", now, Xunit.TestContext.Current.CancellationToken) is null;

    public static SendIntent Intent(ConversationKey conversation, Instant at, string text) => new()
    {
        Id = IntentId.New(),
        Conversation = conversation,
        Message = new TextMessage(text),
        CreatedAt = at,
    };
}
