using NodaTime;

namespace WhatsSession.Testing.Tests;

/// <summary>Made events are those that Meta's JSON would give.</summary>
public sealed class EventsTests
{
    private static readonly EventOrigin Other = new()
    {
        Customer = CustomerId.Parse("US.40917263548812004417"),
        Name = null,
        Number = PhoneNumberId.Parse("999888777666555"),
        At = Instant.FromUtc(2026, 7, 1, 8, 30),
        MessageId = MessageId.Parse("wamid.b3duLWlk"),
    };

    [Fact]
    public void Text_Alone_ComesFromTheDefaultCustomer()
    {
        var text = Events.Text("hi \"there\"");

        text.Text.Should().Be("hi \"there\"");
        text.Conversation.Should().Be(new ConversationKey(EventOrigin.DefaultNumber, EventOrigin.DefaultCustomer));
        text.Timestamp.Should().Be(EventOrigin.DefaultTime);
        text.Account.Should().Be(EventOrigin.DefaultAccount);
        text.Contact!.Name.Should().Be("Marta Quill");
    }

    [Fact]
    public void Text_WithOrigin_ComesFromThere()
    {
        var text = Events.Text("hi", Other);

        text.Conversation.Should().Be(new ConversationKey(Other.Number, Other.Customer));
        text.Timestamp.Should().Be(Other.At);
        text.MessageId.Should().Be(Other.MessageId!.Value);
        text.Phone.Should().BeNull();
    }

    [Fact]
    public void Text_Twice_HasTwoKeys() => Events.Text("hi").Key.Should().NotBe(Events.Text("hi").Key);

    [Fact]
    public void Text_InAGroup_BelongsToTheGroup()
    {
        var group = GroupId.Parse("Z3JvdXAtaW52ZW50ZWQ=");

        Events.Text("hi", new EventOrigin { Group = group }).Conversation.Should().Be(new ConversationKey(EventOrigin.DefaultNumber, group));
    }

    [Fact]
    public void Replies_OfEachKind_SayWhatWasChosen()
    {
        Events.ButtonReply("yes", "Yes!").Should().BeEquivalentTo(new { ButtonId = "yes", Title = "Yes!", IsTemplateButton = false });
        Events.ListReply("store-8", "Hill store").Should().BeEquivalentTo(new { RowId = "store-8", Title = "Hill store" });
        Events.Location(52.5, -13.25).Should().BeEquivalentTo(new { Latitude = 52.5, Longitude = -13.25 });
    }

    [Fact]
    public void Image_WithCaption_HasBoth()
    {
        var image = Events.Image("1234567890", "the broken part");

        image.MediaId.Should().Be("1234567890");
        image.Caption.Should().Be("the broken part");
    }

    [Fact]
    public void Status_OfAMessage_IsAboutIt()
    {
        var status = Events.Status(MessageId.Parse("wamid.b3duLWlk"), "read");

        status.About.Should().Be(MessageId.Parse("wamid.b3duLWlk"));
        status.Status.Should().Be(DeliveryStatus.Read);
    }

    [Fact]
    public void Failed_ReEngagementRequired_IsARefusal()
    {
        var status = Events.Failed(MessageId.Parse("wamid.b3duLWlk"), GraphErrorCodes.ReEngagementRequired);

        status.Status.Should().Be(DeliveryStatus.Failed);
        status.Errors.Should().ContainSingle().Which.Code.Should().Be(131047);
    }

    [Fact]
    public void WindowClosing_OfALead_ClosesADayAfterTheMessage()
    {
        var closing = Events.WindowClosing(TimeSpan.FromHours(1), Other);

        closing.Lead.Should().Be(Duration.FromHours(1));
        closing.Opened.Should().Be(Other.At);
        closing.ClosesAt.Should().Be(Other.At + Duration.FromHours(24));
        closing.Conversation.Should().Be(new ConversationKey(Other.Number, Other.Customer));
        closing.Timestamp.Should().Be(closing.ClosesAt - closing.Lead);
    }

    [Fact]
    public void HeldMessage_MadeByHand_SaysWhyItDidNotGo()
    {
        var held = IntentId.New();
        var conversation = new ConversationKey(Other.Number, Other.Customer);
        var outcome = new SendOutcome.Rejected { Error = new GraphError { Code = GraphErrorCodes.Undeliverable } };

        var expired = new HeldMessageExpired(conversation, held, Other.At) { CallbackData = "order 42" };
        var failed = new HeldMessageFailed(conversation, held, outcome, Other.At);

        expired.Should().BeEquivalentTo(new { HeldMessage = held, Conversation = conversation, Timestamp = Other.At, CallbackData = "order 42" });
        failed.Should().BeEquivalentTo(new { HeldMessage = held, Conversation = conversation, outcome.Error, Reason = outcome.Describe() });
        failed.Key.Should().NotBe(expired.Key);
    }

    [Fact]
    public void SessionMessageRefused_MadeByHand_NamesBothIds()
    {
        var (intent, message) = (IntentId.New(), MessageId.Parse("wamid.b3duLWlk"));
        var conversation = new ConversationKey(Other.Number, Other.Customer);

        var refused = new SessionMessageRefused(conversation, intent, message, Other.At);

        refused.Should().BeEquivalentTo(new { Intent = intent, MessageId = message, Conversation = conversation, Timestamp = Other.At });
    }

    [Fact]
    public void IdentityConflict_MadeByHand_PutsTheLesserFirst()
    {
        var (less, more) = (CustomerId.Parse("US.11111"), CustomerId.Parse("US.22222"));

        var conflict = new IdentityConflict(Other.Number, Other.Customer, more, less, Other.At);

        conflict.Should().BeEquivalentTo(new { Phone = Other.Customer, First = less, Second = more, Number = Other.Number });
    }

    [Fact]
    public void Read_NoJson_Throws() => FluentActions.Invoking(() => Events.Read("{")).Should().Throw<FormatException>();
}
