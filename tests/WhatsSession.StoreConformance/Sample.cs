using System.Text;

namespace WhatsSession.StoreConformance;

/// <summary>Invented customers and events for the suite.</summary>
public static class Sample
{
    public static readonly PhoneNumberId Number = PhoneNumberId.Parse("314159265358979");
    public static readonly PhoneNumberId OtherNumber = PhoneNumberId.Parse("161803398874989");
    public static readonly BusinessAccountId Account = BusinessAccountId.Parse("271828182845904");
    public static readonly CustomerId Phone = CustomerId.Parse("15550001234");
    public static readonly CustomerId SecondPhone = CustomerId.Parse("15550005678");
    public static readonly CustomerId User = CustomerId.Parse("US.13491208655302741918");
    public static readonly CustomerId SecondUser = CustomerId.Parse("US.77310048211900555020");
    public static readonly GroupId Group = GroupId.Parse("Y2FwaV9ncm91cDoxNTU1");
    public static readonly Instant Start = Instant.FromUtc(2026, 11, 3, 12, 0);
    public static readonly Duration HourLead = Duration.FromHours(1);

    /// <summary>The fact that <see cref="Phone"/> and <see cref="User"/> are one customer.</summary>
    public static readonly IdentityLink OneCustomer = new(Phone, User);

    public static readonly ConversationKey ByPhone = new(Number, Phone);
    public static readonly ConversationKey BySecondPhone = new(Number, SecondPhone);
    public static readonly ConversationKey ByUser = new(Number, User);
    public static readonly ConversationKey BySecondUser = new(Number, SecondUser);
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

    public static IngestBatch Batch(params StoredEvent[] events) => Batch(Duration.Zero, events);

    public static IngestBatch Batch(Duration alertLead, params StoredEvent[] events) => new()
    {
        Events = events,
        ReceivedAt = events.Length == 0 ? Start : events.Max(static stored => stored.ReceivedAt),
        AlertLead = alertLead,
    };

    public static SendIntent Intent(ConversationKey conversation, Instant at, string text) => new()
    {
        Id = IntentId.New(),
        Conversation = conversation,
        Message = new TextMessage(text),
        CreatedAt = at,
    };
}
