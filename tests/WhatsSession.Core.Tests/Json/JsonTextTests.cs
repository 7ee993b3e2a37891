using System.Text.Json;

namespace WhatsSession.Core.Tests.Json;

public sealed class JsonTextTests
{
    [Fact]
    public void Serialize_Ids_WritesTheWholeValue() =>
        JsonSerializer.Serialize(new object[]
        {
            CustomerId.Parse(Samples.MarkedPhone), CustomerId.Parse(Samples.MarkedUserId), Samples.MessageId, GroupId.Parse(Samples.MarkedGroup), Given.Number,
            BusinessAccountId.Parse("271828182845904"), IntentId.Parse("AAAAAAAAAAAAAAAAAAAAAQ"), Given.Key,
            new ConversationKey(Given.Number, GroupId.Parse(Samples.MarkedGroup)), DeliveryStatus.Read, WindowState.NeverOpened,
        }).Should().Be(
            $"""
            ["{Samples.MarkedPhone}","{Samples.MarkedUserId}","{Samples.MarkedMessageId}","{Samples.MarkedGroup}","314159265358979","271828182845904",
            "AAAAAAAAAAAAAAAAAAAAAQ","314159265358979/15550001234","314159265358979/g:{Samples.MarkedGroup}","read","neverOpened"]
            """.ReplaceLineEndings(""));

    [Fact]
    public void Serialize_NullableIdThatIsNull_IsNull() =>
        JsonSerializer.Serialize(new CustomerId?[] { null, Given.Key.Customer }).Should().Be("""[null,"15550001234"]""");

    [Fact]
    public void Serialize_DefaultId_IsNull() => JsonSerializer.Serialize(default(CustomerId)).Should().Be("null");

    [Fact]
    public void Serialize_IdAsKeyOfADictionary_WritesAndReadsIt()
    {
        var customers = new Dictionary<CustomerId, int> { [CustomerId.Parse(Samples.MarkedPhone)] = 1, [CustomerId.Parse(Samples.MarkedUserId)] = 2 };
        var keys = new Dictionary<ConversationKey, WindowState> { [Given.Key] = WindowState.Open };

        JsonSerializer.Serialize(customers).Should().Be($$"""{"{{Samples.MarkedPhone}}":1,"{{Samples.MarkedUserId}}":2}""");
        JsonSerializer.Deserialize<Dictionary<CustomerId, int>>(JsonSerializer.Serialize(customers)).Should().Equal(customers);
        JsonSerializer.Deserialize<Dictionary<ConversationKey, WindowState>>(JsonSerializer.Serialize(keys)).Should().Equal(keys);
    }

    [Theory]
    [InlineData("\"49 170 1234567\"")]
    [InlineData("491701234567")]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("[\"491701234567\"]")]
    public void Deserialize_NoSuchId_NamesTheTypeAndNotTheValue(string json)
    {
        var read = () => JsonSerializer.Deserialize<CustomerId>(json);

        read.Should().Throw<JsonException>().Which.Message.Should().Contain("CustomerId").And.NotContain("1234567");
    }

    [Theory]
    [InlineData("\"15550001234\"")]
    [InlineData("\"314159265358979/\"")]
    [InlineData("\"314159265358979/+15550001234\"")]
    [InlineData("\"314159265358979/g:\"")]
    [InlineData("\"/15550001234\"")]
    [InlineData("\"a/b\"")]
    public void Deserialize_NoConversationKey_IsRefused(string json)
    {
        var read = () => JsonSerializer.Deserialize<ConversationKey>(json);

        read.Should().Throw<JsonException>().WithMessage("*ConversationKey*");
    }

    [Fact]
    public void Deserialize_WordOfTomorrow_IsAValue() =>
        JsonSerializer.Deserialize<DeliveryStatus>("\"teleported\"").Should().Be(new DeliveryStatus("teleported"));

    [Theory]
    [InlineData("2")]
    [InlineData("\"2\"")]
    [InlineData("\"half open\"")]
    public void Deserialize_NoSuchChoice_IsRefused(string json)
    {
        var read = () => JsonSerializer.Deserialize<WindowState>(json);

        read.Should().Throw<JsonException>();
    }
}
