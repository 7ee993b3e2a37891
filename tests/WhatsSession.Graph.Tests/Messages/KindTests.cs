using System.Buffers;
using System.Text;
using System.Text.Json;
using WhatsSession.Messages;

namespace WhatsSession.Graph.Tests.Messages;

/// <summary>The content of the kinds and parts that no sample request shows, byte by byte.</summary>
public sealed class KindTests
{
    public static TheoryData<string> Names => new(WrittenParts.All.Keys);

    public static TheoryData<string> NamesWithoutDatesAndFields => new(WrittenParts.All.Keys.Except(["contacts", "address"]));

    public static TheoryData<string> BadObjects => new("[]", "1", "null", "\"a\"", "{", "{\"a\":1}}", "{} {}", "{'a':1}", "a", "{\"a\":1,}");

    [Theory]
    [MemberData(nameof(Names))]
    public void WriteContent_OfAKind_IsTheseBytes(string name)
    {
        var (message, json) = WrittenParts.All[name];

        message.Check().Should().BeEmpty();
        Encoding.UTF8.GetString(MessageWriter.WriteContent(message)).Should().Be(json);
        JsonDocument.Parse(json).Dispose();
    }

    [Theory]
    [MemberData(nameof(BadObjects))]
    public void WriteContent_RawJsonThatIsNoObject_Throws(string json)
    {
        Message[] messages =
        [
            new RawMessage("poll", json),
            new DirectSendMessage(new RawMessage("poll", json), DirectSendCategory.Utility),
            new FlowMessage("Rate us", "Open", new FlowAction.Navigate("FIRST") { Data = json }),
            new OrderDetailsMessage("Pay", WrittenParts.Order with { PaymentSettings = [new PaymentSetting.Raw("boleto", json)] }),
            new TemplateMessage("t", "en") { Buttons = [new TemplateButtonParameter.Flow(0) { Data = json }] },
            new TemplateMessage("t", "en") { Cards = [new TemplateCard(new TemplateHeader.Image(WrittenParts.Upload)) { Buttons = [new TemplateButtonParameter.OrderToPay(0, WrittenParts.Order with { PaymentSettings = [new PaymentSetting.Raw("boleto", json)] })] }] },
        ];

        foreach (var message in messages)
        {
            FluentActions.Invoking(() => MessageWriter.WriteContent(message)).Should().Throw<ArgumentException>();
            FluentActions.Invoking(() => MessageChecks.ThrowIfInvalid(message)).Should().Throw<ArgumentException>();
        }
    }

    [Fact]
    public void WriteContent_RawContacts_AreAnArray() =>
        Encoding.UTF8.GetString(MessageWriter.WriteContent(new RawMessage("contacts", "[{}]"))).Should().Be("""{"type":"contacts","contacts":[{}]}""");

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[{}],[]")]
    [InlineData("[{}")]
    public void WriteContent_RawContactsThatAreNoArray_Throws(string json) =>
        FluentActions.Invoking(() => MessageWriter.WriteContent(new RawMessage("contacts", json))).Should().Throw<ArgumentException>().WithMessage("*an array with an element*");

    [Fact]
    public void ThrowIfInvalid_EmptyDataOfAScreen_Throws() =>
        FluentActions.Invoking(() => MessageChecks.ThrowIfInvalid(new FlowMessage("Rate us", "Open", new FlowAction.Navigate("FIRST") { Data = "{}" })))
            .Should().Throw<ArgumentException>().WithMessage("*an object with a property*");

    /// <summary>Lists are walked by index and numbers are formatted in place, so that no kind costs more than its bytes. Dates and the fields of address forms are the exception.</summary>
    [Theory]
    [MemberData(nameof(NamesWithoutDatesAndFields))]
    public void WriteRequest_OfAKind_AllocatesNothing(string name)
    {
        var message = WrittenParts.All[name].Message;
        var buffer = new ArrayBufferWriter<byte>(16_384);
        using var writer = new Utf8JsonWriter(buffer, MessageJson.WriterOptions);

        Allocated.LeastBytes(Write).Should().Be(0);

        void Write()
        {
            buffer.ResetWrittenCount();
            writer.Reset();
            MessageWriter.WriteRequest(writer, Given.Key, message, default(MessageEnvelope));
        }
    }
}
