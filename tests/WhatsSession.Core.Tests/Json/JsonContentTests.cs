using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession.Core.Tests.Json;

public sealed class JsonContentTests
{
    [Theory]
    [InlineData("""{"type":"text","text":{"body":"Grüße <b>"}}""")]
    [InlineData("[1, 2]")]
    [InlineData("{}")]
    public void Serialize_Json_IsTheJsonItself(string content)
    {
        var json = Written(Encoding.UTF8.GetBytes(content));

        json.Should().Be($$"""{"Content":{{content}}}""");
        JsonSerializer.Deserialize<Holder>(json)!.Content.ToArray().Should().Equal(Encoding.UTF8.GetBytes(content));
    }

    /// <summary>A scalar is base64 too, so that a string that is read back is always base64.</summary>
    [Theory]
    [InlineData("{\"a\":")]
    [InlineData("{} {}")]
    [InlineData("\"text\"")]
    [InlineData("12")]
    [InlineData("not JSON")]
    [InlineData("{'a':1}")]
    public void Serialize_NoJson_IsBase64(string content)
    {
        var json = Written(Encoding.UTF8.GetBytes(content));

        json.Should().Be($$"""{"Content":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(content)).Replace("+", "\\u002B", StringComparison.Ordinal)}}"}""");
        JsonSerializer.Deserialize<Holder>(json)!.Content.ToArray().Should().Equal(Encoding.UTF8.GetBytes(content));
    }

    [Fact]
    public void Serialize_BrokenUtf8_IsBase64() =>
        Written([(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}']).Should().StartWith("{\"Content\":\"");

    /// <summary>What is deeper than a reader goes would make the whole document unreadable.</summary>
    [Fact]
    public void Serialize_JsonThatIsTooDeep_IsBase64()
    {
        JsonDocument.Parse(Written(Nested(63))).RootElement.GetProperty("Content").ValueKind.Should().Be(JsonValueKind.Array);
        JsonDocument.Parse(Written(Nested(64))).RootElement.GetProperty("Content").ValueKind.Should().Be(JsonValueKind.String);
    }

    [Fact]
    public void Serialize_NoContent_IsNullAndReadBack()
    {
        Written([]).Should().Be("""{"Content":null}""");
        JsonSerializer.Deserialize<Holder>("""{"Content":null}""")!.Content.IsEmpty.Should().BeTrue();
    }

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("\"no base64!\"")]
    public void Deserialize_NoContent_IsRefused(string json)
    {
        var read = () => JsonSerializer.Deserialize<Holder>($$"""{"Content":{{json}}}""");

        read.Should().Throw<JsonException>().WithMessage("Content is*");
    }

    private static byte[] Nested(int depth) => Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));

    private static string Written(byte[] content) => JsonSerializer.Serialize(new Holder { Content = content });

    private sealed record Holder
    {
        [JsonConverter(typeof(JsonContentConverter))]
        public ReadOnlyMemory<byte> Content { get; init; }
    }
}
