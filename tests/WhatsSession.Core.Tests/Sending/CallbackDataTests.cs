using System.Text;
using NodaTime;

namespace WhatsSession.Core.Tests.Sending;

public sealed class CallbackDataTests
{
    private static readonly IntentId Intent = IntentId.New();
    private static readonly Instant Evidence = Instant.FromUnixTimeSeconds(1_794_900_000);

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
        CallbackData.Split(text).Should().Be(new CallbackParts(Intent, Evidence, callersData));
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
    [InlineData(null, 48)]
    [InlineData("é😀", 54)]
    public void Write_OneByteTooFew_Throws(string? callersData, int enough)
    {
        CallbackData.Write(new byte[enough], Intent, Instant.MinValue, callersData).Should().BeLessThanOrEqualTo(enough);
        FluentActions.Invoking(() => CallbackData.Write(new byte[enough - 1], Intent, Evidence, callersData)).Should().Throw<ArgumentException>().WithParameterName("destination");
    }

    [Theory]
    [InlineData(440, false)]
    [InlineData(441, true)]
    public void ThrowIfLonger_WideCharacters_CountsEachOnce(int count, bool throws)
    {
        var check = FluentActions.Invoking(() => CallbackData.ThrowIfLonger(string.Concat(Enumerable.Repeat("😀", count)), CallbackData.MaximumLength, "options"));

        if (throws)
        {
            check.Should().Throw<ArgumentException>().WithParameterName("options").WithMessage("CallbackData has 441 characters; the limit is 440.*");
        }
        else
        {
            check.Should().NotThrow();
        }
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
    public void Split_ForeignData_IsTheCallersWhole(string data) => CallbackData.Split(data).Should().Be(new CallbackParts(Intent: null, NodaConstants.UnixEpoch, data));

    [Theory]
    [InlineData("1794900000", 1_794_900_000)]
    [InlineData("0", 0)]
    [InlineData("", 0)]
    [InlineData("-5", 0)]
    [InlineData("x", 0)]
    [InlineData("99999999999999999999", 0)]
    [InlineData("9223372036854775807", 0)]
    public void Split_AnyEvidence_IsAnInstant(string evidence, long seconds) =>
        CallbackData.Split($"ws1.{Intent}.{evidence}|x").Should().Be(new CallbackParts(Intent, Instant.FromUnixTimeSeconds(seconds), "x"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Split_Nothing_IsNothing(string? data) => CallbackData.Split(data).Should().Be(new CallbackParts(Intent: null, NodaConstants.UnixEpoch, CallersData: null));

    private static string Write(string? callersData)
    {
        Span<byte> buffer = stackalloc byte[CallbackData.MaximumBytes];
        return Encoding.UTF8.GetString(buffer[..CallbackData.Write(buffer, Intent, Evidence, callersData)]);
    }
}
