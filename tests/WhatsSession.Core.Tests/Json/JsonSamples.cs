using NodaTime;

namespace WhatsSession.Core.Tests.Json;

/// <summary>What people return from an endpoint: each is written alike by reflection and by generated code, and read back equal.</summary>
internal static class JsonSamples
{
    public static IntentId Intent { get; } = IntentId.Parse("AAAAAAAAAAAAAAAAAAAAAQ");

    public static WindowStatus Window { get; } =
        new(WindowState.Closing, Given.Noon + Duration.FromMinutes(90), Given.Noon - Duration.FromMinutes(1350), MaySend: true, Duration.FromMinutes(90));

    public static GraphError Error { get; } = new()
    {
        Code = 131047,
        Subcode = 3,
        Message = "(#131047) Re-engagement message",
        Details = "More than 24 hours have passed.",
        HttpStatus = 400,
        Category = GraphErrorCategory.WindowClosed,
    };

    public static MessageDelivery Delivery { get; } = MessageDelivery.Join(
        MessageDelivery.Of(DeliveryStatus.Sent, Given.Noon, error: null),
        MessageDelivery.Of(DeliveryStatus.Failed, Given.Noon + Duration.FromSeconds(1), Error));

    public static ConversationState State { get; } = new(Given.Noon, Given.Noon - Given.Day)
    {
        Answers = AnswerTimes.Join(AnswerTimes.By(AuthorKind.Bot, Given.Noon - Duration.FromHours(1)), AnswerTimes.By(AuthorKind.Person, Given.Noon - Duration.FromHours(2))),
        Echoed = Given.Noon - Duration.FromHours(3),
        FreeEntry = new FreeEntryPoint(Given.Noon - Given.Day, Given.Noon, statedEnd: null),
    };

    public static ConversationSnapshot Snapshot { get; } = new()
    {
        Key = Given.Key,
        State = State,
        HistorySince = Given.Noon - Duration.FromDays(30),
        Restriction = new MessagingRestriction(Given.Noon, Applies: true, Until: null),
        LastAnswerFailed = true,
    };

    public static IReadOnlyList<object> All { get; } =
    [
        Window,
        default(WindowStatus),
        Snapshot,
        State,
        default(ConversationState),
        State.FreeEntry,
        State.Answers,
        Delivery,
        MessageDelivery.None,
        Delivery.Failure!,
        Delivery.Marks[0],
        Snapshot.Restriction!,
        Error,
        new GraphError { Message = "Connection refused", Category = GraphErrorCategory.NotReached, IsOfRepeatableRequest = true },
        WindowFacts.Of(State, Given.Noon, Snapshot.Restriction),
        new CallbackParts(Intent, Given.Noon, "mine"),
        new SendPolicy { Margin = Duration.FromSeconds(90) },
        new Violation("text.body", "is empty") { Limit = 1, Actual = 0 },
        new IdentityLink(CustomerId.Parse("15550001234"), CustomerId.Parse(Samples.MarkedUserId)),
        CustomerId.Parse(Samples.MarkedPhone),
        Given.Key,
        Intent,
        TemplateStatus.Approved,
        .. Samples.Outcomes,
        new SendOutcome.TemplateSent { MessageId = Samples.MessageId, Status = AcceptedStatus.Paused },
        new SendOutcome.WindowClosed { Reason = WindowClosedReason.Expired, FallbackRefusal = Error },
    ];
}
