using System.Text;

namespace WhatsSession.Sdk.Tests.Clients;

[WithoutEmulator("Lines that cannot be read, which Meta's own writer does not make.")]
public sealed class HistoryTests
{
    [Theory]
    [InlineData("""{"type":"text","text":{"body":"a\ud83dz"}}""")]
    [InlineData("""{"type":"te\ud83dxt","text":{"body":"z"}}""")]
    [InlineData("""{"type":"text","text":"no object"}""")]
    [InlineData("""{"type":7}""")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public void Text_OfALineThatCannotBeRead_IsNull(string json)
    {
        var line = new HistoryMessage(new LoggedMessage { IsInbound = true, At = Given.T0, Json = Encoding.UTF8.GetBytes(json) }, delivery: null);

        (line.Text, line.TemplateName, line.Media, line.Status).Should().Be((null, null, null, null));
    }
}
