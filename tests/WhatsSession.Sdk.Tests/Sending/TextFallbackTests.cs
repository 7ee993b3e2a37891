namespace WhatsSession.Sdk.Tests.Sending;

[WithoutEmulator("Pure functions.")]
public sealed class TextFallbackTests
{
    private static readonly TextFallback Fallback = new("we_wrote", "en_US");

    [Theory]
    [InlineData("Your parcel left.", "Your parcel left.")]
    [InlineData("  two\nlines\r\n\r\nand\ta tab  ", "two lines and a tab")]
    [InlineData("up to    four", "up to    four")]
    [InlineData("five     spaces", "five spaces")]
    [InlineData("no-break\u00a0space", "no-break space")]
    public void For_Text_IsOneLineThatMetaTakes(string text, string expected)
    {
        var template = Fallback.For(new TextMessage(text))!;

        template.Body.Should().ContainSingle().Which.Should().Be(new TemplateParameter.Text(expected));
        template.Check().Should().BeEmpty();
    }

    [Fact]
    public void For_NamedParameter_CarriesTheName() =>
        (Fallback with { ParameterName = "text" }).For(Given.Text)!.Body[0].Name.Should().Be("text");

    [Fact]
    public void For_CaptionOrBody_TakesIt()
    {
        Fallback.For(new ImageMessage(MediaSource.FromId("1")) { Caption = "A kettle" })!.Body[0].Should().Be(new TemplateParameter.Text("A kettle"));
        Fallback.For(new ReplyButtonsMessage("When?", new ReplyButton("a", "Now")))!.Body[0].Should().Be(new TemplateParameter.Text("When?"));
    }

    [Fact]
    public void For_MessageWithoutText_IsNull()
    {
        Fallback.For(new LocationMessage(1, 2)).Should().BeNull();
        Fallback.For(new ImageMessage(MediaSource.FromId("1"))).Should().BeNull();
        Fallback.For(new TextMessage(" \n ")).Should().BeNull();
    }

    [Fact]
    public void Check_AtTheLimitAndOneAbove_TellsWithLimitAndLength()
    {
        Fallback.Check(new TextMessage(new string('x', 900))).Should().BeNull();
        var violation = Fallback.Check(new TextMessage(new string('x', 901)))!;
        (violation.Limit, violation.Actual).Should().Be((900L, 901L));
    }
}
