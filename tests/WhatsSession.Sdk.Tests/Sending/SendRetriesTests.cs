using WhatsSession.Sending;

namespace WhatsSession.Sdk.Tests.Sending;

[WithoutEmulator("A pure function.")]
public sealed class SendRetriesTests
{
    [Theory]
    [InlineData(130429, 1, 1)]
    [InlineData(130429, 2, 4)]
    [InlineData(130429, 3, 16)]
    [InlineData(130429, 9, 16)]
    [InlineData(131056, 1, 6)]
    [InlineData(131056, 3, 16)]
    [InlineData(131057, 1, 1)]
    [InlineData(133004, 1, 1)]
    public void DelayAfter_SurelyNotAccepted_Grows(int code, int attempt, int seconds) =>
        SendRetries.DelayAfter(Refused(code), attempt).Should().Be(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void DelayAfter_RetryAfter_IsHonouredWhereItIsLonger()
    {
        SendRetries.DelayAfter(Refused(130429, TimeSpan.FromSeconds(9)), 1).Should().Be(TimeSpan.FromSeconds(9));
        SendRetries.DelayAfter(Refused(130429, TimeSpan.FromSeconds(9)), 3).Should().Be(TimeSpan.FromSeconds(16));
    }

    [Fact]
    public void DelayAfter_NotReached_IsTriedAgain() =>
        SendRetries.DelayAfter(new GraphSendResult.Refused(new GraphError { Category = GraphErrorCategory.NotReached }, RetryAfter: null), 1).Should().Be(TimeSpan.FromSeconds(1));

    /// <summary>What Meta may have taken is never sent twice, and what it will not take is not sent again.</summary>
    [Theory]
    [InlineData(131000)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(131047)]
    [InlineData(131026)]
    [InlineData(190)]
    [InlineData(999999)]
    public void DelayAfter_OtherErrors_IsNull(int code) => SendRetries.DelayAfter(Refused(code), 1).Should().BeNull();

    [Fact]
    public void DelayAfter_NoUsableAnswer_IsNull()
    {
        SendRetries.DelayAfter(new GraphSendResult.Unanswered("time-out"), 1).Should().BeNull();
        SendRetries.DelayAfter(new GraphSendResult.Accepted(MessageId.Parse("wamid.a"), AcceptedStatus.Accepted), 1).Should().BeNull();
    }

    private static GraphSendResult.Refused Refused(int code, TimeSpan? retryAfter = null) =>
        new(new GraphError { Code = code, HttpStatus = 400, Category = GraphErrorCodes.CategoryOf(code) }, retryAfter);
}
