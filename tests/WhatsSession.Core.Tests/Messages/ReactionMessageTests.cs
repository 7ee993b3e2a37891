namespace WhatsSession.Core.Tests.Messages;

public sealed class ReactionMessageTests
{
    private static readonly MessageId Message = MessageId.Parse("wamid.c21wLWludmVudGVkLTAx");

    [Theory]
    [InlineData("\U0001F44D")]
    [InlineData("\u2764\uFE0F")]
    [InlineData("\U0001F44D\U0001F3FD")]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467")]
    [InlineData("\U0001F1E9\U0001F1EA")]
    [InlineData("1\uFE0F\u20E3")]
    [InlineData("")]
    public void Check_OneEmojiOrNone_IsRight(string emoji) => new ReactionMessage(Message, emoji).Check().Should().BeEmpty();

    [Theory]
    [InlineData(null)]
    [InlineData("a")]
    [InlineData("ok")]
    [InlineData(" ")]
    [InlineData("\U0001F44D\U0001F44D")]
    [InlineData("\U0001F44D!")]
    public void Check_AnythingElse_NamesTheEmoji(string? emoji) =>
        new ReactionMessage(Message, emoji!).Check().Should().ContainSingle().Which.Path.Should().Be("reaction.emoji");

    [Fact]
    public void Check_NoMessage_NamesTheId() => ReactionMessage.Remove(default).Check().Should().ContainSingle().Which.Path.Should().Be("reaction.message_id");
}
