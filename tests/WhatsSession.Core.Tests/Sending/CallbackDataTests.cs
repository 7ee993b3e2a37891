using System.Text;
using NodaTime;

namespace WhatsSession.Core.Tests.Sending;

public sealed class CallbackDataTests
{
    private static readonly IntentId Intent = IntentId.New();

    [Theory]
    [InlineData(null)]
    [InlineData("order-42")]
    [InlineData("a|b|c")]
    [InlineData("ws1.x|y")]
    [InlineData("é😀")]
    public void Write_ThenSplit_GivesBothParts(string? callersData)
    {
        var text = Write(callersData);

        text.Should().Be($"ws1.{Intent}.1794900000|{callersData}");
        CallbackData.Split(text).Should().Be((Intent, Instant.FromUnixTimeSeconds(1_794_900_000), callersData));
    }

    [Fact]
    public void Write_LongestData_StaysBelowMetasLimit() =>
        Write(new string('x', CallbackData.MaximumLength)).Length.Should().BeLessThanOrEqualTo(512);

    [Fact]
    public void Write_LongestDataOfWideCharacters_Fits() =>
        Write(new string('☕', CallbackData.MaximumLength)).Should().EndWith("|" + new string('☕', CallbackData.MaximumLength));

    [Fact]
    public void Write_WithoutEvidence_SaysZero()
    {
        Span<byte> buffer = stackalloc byte[64];
        var length = CallbackData.Write(buffer, Intent, evidence: null, callersData: null);

        Encoding.UTF8.GetString(buffer[..length]).Should().Be($"ws1.{Intent}.0|");
    }

    [Theory]
    [InlineData("job-17")]
    [InlineData("ws1.")]
    [InlineData("ws1.|")]
    [InlineData("ws1.short.0|x")]
    [InlineData("ws2.AbCdEfGhIjKlMnOpQrStUg.0|x")]
    [InlineData("ws1.AbCdEfGhIjKlMnOpQrStUg|x")]
    [InlineData("ws1.AbCdEfGhIjKlMnOpQrStUg.0")]
    [InlineData("ws1.AbCdEfGhIjKlMnOpQrSt!!.0|x")]
    [InlineData("ws1.éééééééééééééééééééééé.0|x")]
    [InlineData("|")]
    public void Split_ForeignData_IsTheCallersWhole(string data) => CallbackData.Split(data).Should().Be(((IntentId?)null, NodaConstants.UnixEpoch, data));

    [Theory]
    [InlineData("1794900000", 1_794_900_000)]
    [InlineData("0", 0)]
    [InlineData("", 0)]
    [InlineData("-5", 0)]
    [InlineData("x", 0)]
    [InlineData("99999999999999999999", 0)]
    [InlineData("9223372036854775807", 0)]
    public void Split_AnyEvidence_IsAnInstant(string evidence, long seconds) =>
        CallbackData.Split($"ws1.{Intent}.{evidence}|x").Should().Be((Intent, Instant.FromUnixTimeSeconds(seconds), "x"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Split_Nothing_IsNothing(string? data) => CallbackData.Split(data).Should().Be(((IntentId?)null, NodaConstants.UnixEpoch, (string?)null));

    private static string Write(string? callersData)
    {
        Span<byte> buffer = stackalloc byte[CallbackData.MaximumBytes];
        return Encoding.UTF8.GetString(buffer[..CallbackData.Write(buffer, Intent, Given.T0, callersData)]);
    }
}
