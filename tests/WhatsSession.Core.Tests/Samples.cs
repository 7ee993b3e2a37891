using NodaTime;

namespace WhatsSession.Core.Tests;

/// <summary>One value of every public record, each filled with marked content.</summary>
internal static class Samples
{
    public const string MarkedText = "Ihr Befund ist da";
    public const string MarkedPhone = "491701234567";
    public const string MarkedUserId = "DE.13491208655302741918";
    public const string MarkedMessageId = "wamid.HBgMNDkxNzAxMjM0NTY3FQIAERgSN0Y";
    public const string MarkedGroup = "Y2FwaV9ncm91cDo0OTE3MDEyMzQ1Njc";
    public const string MarkedAddress = "https://clinic.example/befund.pdf";

    public static IReadOnlyList<string> Marks { get; } =
        [MarkedText, MarkedPhone, MarkedUserId, MarkedMessageId, MarkedGroup, MarkedAddress, "Befund", "1701234", "1349120", "HBgM", "Y2Fw", "clinic"];

    public static MediaSource Link { get; } = MediaSource.FromLink(MarkedAddress);

    public static MediaSource Upload { get; } = MediaSource.FromId(MarkedText);

    public static MessageId MessageId { get; } = MessageId.Parse(MarkedMessageId);

    public static TemplateMessage Template { get; } = new("order_shipped", "de", MarkedText);

    public static IReadOnlyList<SessionMessage> SessionMessages { get; } =
    [
        new TextMessage(MarkedText),
        new ImageMessage(Link) { Caption = MarkedText },
        new VideoMessage(Upload) { Caption = MarkedText },
        new DocumentMessage(Link) { Caption = MarkedText, FileName = MarkedText },
        new VoiceMessage(Link),
        new ReactionMessage(MessageId.Parse(MarkedMessageId), MarkedText),
        new ReplyButtonsMessage(MarkedText, new ReplyButton(MarkedText, MarkedText)) { Header = MarkedText, Footer = MarkedText },
        new ListMessage(MarkedText, MarkedText, Section) { Header = MarkedText, Footer = MarkedText },
    ];

    public static IReadOnlyList<SendOutcome> Outcomes { get; } =
    [
        new SendOutcome.Accepted { MessageId = MessageId },
        new SendOutcome.TemplateSent { MessageId = MessageId, ClosedAt = Given.Noon, HeldMessage = IntentId.New() },
        .. Enum.GetValues<WindowClosedReason>().Select(reason =>
            new SendOutcome.WindowClosed { Reason = reason, Since = Given.Noon, FallbackAlreadySent = true, HeldMessage = IntentId.New() }),
        new SendOutcome.OptedOut(),
        new SendOutcome.Invalid { Violations = new TextMessage(string.Concat(Enumerable.Repeat(MarkedText, 500))).Check() },
        new SendOutcome.Throttled { RetryAt = Given.Noon, Template = Template },
        new SendOutcome.Rejected { Error = Error, Template = Template },
        new SendOutcome.Rejected { Error = new GraphError { Message = "Connection refused", Category = GraphErrorCategory.NotReached }, Template = Template },
        new SendOutcome.Ambiguous { IntentId = IntentId.New(), Cause = "the connection was reset", Template = Template },
    ];

    public static IReadOnlyList<object> All { get; } =
    [
        .. SessionMessages,
        .. Outcomes,
        Template,
        new TemplateParameter.Text(MarkedText) { Name = MarkedText },
        Link,
        Upload,
        new MessageHeader.Text(MarkedText),
        new MessageHeader.Image(Link),
        new MessageHeader.Video(Upload),
        new MessageHeader.Document(Link) { FileName = MarkedText },
        new ReplyButton(MarkedText, MarkedText),
        Section,
        Row,
        MessageId,
        CustomerId.Parse(MarkedPhone),
        CustomerId.Parse(MarkedUserId),
        GroupId.Parse(MarkedGroup),
        new ConversationKey(Given.Number, CustomerId.Parse(MarkedPhone)),
        new ConversationKey(Given.Number, CustomerId.Parse(MarkedUserId)),
        new ConversationKey(Given.Number, GroupId.Parse(MarkedGroup)),
        new ConversationSnapshot { Key = new ConversationKey(Given.Number, CustomerId.Parse(MarkedPhone)) },
        new ConversationState(Given.Noon, Given.Noon),
        Error,
        new Violation("text.body", "is empty"),
        IntentId.New(),
        Given.Number,
        BusinessAccountId.Parse("271828182845904"),
        AcceptedStatus.Paused,
        CustomerEventKind.Text,
        new SendPolicy(),
        new WindowOpeners(),
        default(SendDecision),
        new WindowStatus(WindowState.Open, Given.Noon, Given.Noon, MaySend: true, Duration.Zero),
    ];

    private static ListRow Row => new(MarkedText, MarkedText, MarkedText);

    private static ListSection Section => new(MarkedText, Row);

    private static GraphError Error => new()
    {
        Code = 131047,
        Message = "(#131047) Re-engagement message",
        Details = "More than 24 hours have passed since the customer last replied to this number.",
        HttpStatus = 400,
        Category = GraphErrorCategory.WindowClosed,
    };
}
