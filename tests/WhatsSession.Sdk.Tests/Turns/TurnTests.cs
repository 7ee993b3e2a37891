using NodaTime;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.Sdk.Tests.Turns;

[WithoutEmulator("Values alone.")]
public sealed class TurnTests
{
    [Fact]
    public void Text_OfSeveralKinds_HasALineForEachThatHasWords()
    {
        var turn = new Turn(
            new TextReceived { Text = "hi", Number = Number, Phone = Phone, MessageId = Id("a"), Timestamp = At(0) },
            new ImageReceived { Caption = "look", Number = Number, Phone = Phone, MessageId = Id("b"), Timestamp = At(0) },
            new ImageReceived { Number = Number, Phone = Phone, MessageId = Id("c"), Timestamp = At(0) },
            new ReactionReceived { Emoji = "👍", Number = Number, Phone = Phone, MessageId = Id("d"), Timestamp = At(0) },
            new ButtonReplied { ButtonId = "y", Title = "Yes", Number = Number, Phone = Phone, MessageId = Id("e"), Timestamp = At(0) },
            new ListReplied { RowId = "r", Title = "Row", Number = Number, Phone = Phone, MessageId = Id("f"), Timestamp = At(0) });

        turn.Text.Should().Be("hi\nlook\nYes\nRow");
        turn.Messages.Should().HaveCount(6);
        (turn.Conversation, turn.Number, turn.Lane).Should().Be((ByPhone, Number, EventLane.Turn));
    }

    [Fact]
    public void Newest_LateMessageAndOneOfTheSameSecond_IsTheLatestAndOfThoseTheLast()
    {
        var turn = new Turn(
            new TextReceived { Text = "1", Number = Number, Phone = Phone, MessageId = Id("a"), Timestamp = At(5) }, new TextReceived { Text = "2", Number = Number, Phone = Phone, MessageId = Id("b"), Timestamp = At(5) }, new TextReceived { Text = "0", Number = Number, Phone = Phone, MessageId = Id("c"), Timestamp = At(0) });

        ((TextReceived)turn.Newest).Text.Should().Be("2");
        (turn.Timestamp, turn.About).Should().Be((Start + Duration.FromSeconds(5), MessageId.Parse("wamid.b")));
    }

    [Fact]
    public void Constructor_NoMessageOrSeveralConversations_SaysSo()
    {
        var none = () => new Turn();
        none.Should().Throw<ArgumentException>().WithMessage("A turn has at least one message.*");
        var several = () => new Turn(new TextReceived { Number = Number, Phone = Phone, MessageId = Id("a"), Timestamp = At(0) }, new TextReceived { Number = Number, Phone = SecondPhone });
        several.Should().Throw<ArgumentException>().WithMessage("The messages of a turn are of one conversation*");
        var absent = () => new Turn(new TextReceived { Number = Number, Phone = Phone, MessageId = Id("a"), Timestamp = At(0) }, null!);
        absent.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Text_Turn_IsNotShownInLogs() => new Turn(new TextReceived { Text = "secret", Number = Number, Phone = Phone, MessageId = Id("a"), Timestamp = At(0) }).ToString().Should().StartWith("Turn ").And.NotContain("secret");

    private static MessageId Id(string id) => MessageId.Parse("wamid." + id);

    private static Instant At(int seconds) => Start + Duration.FromSeconds(seconds);
}
