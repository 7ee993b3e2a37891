namespace WhatsSession.Core.Tests.Templates;

public sealed class TemplateMessageTests
{
    private const string Parameter = "template.components[body].parameters";

    public static TheoryData<string> BadNameCharacters => new("Order", "order-shipped", "order shipped", "order.shipped", "bestätigt", "order\n", "طلب", "order１");

    [Theory]
    [InlineData("a")]
    [InlineData("_")]
    [InlineData("order_shipped_2")]
    [InlineData("2026_order")]
    public void Check_Name_IsAllowed(string name) => new TemplateMessage(name, "de").Check().Should().BeEmpty();

    [Theory]
    [MemberData(nameof(BadNameCharacters))]
    public void Check_NameWithOtherCharacters_IsTheOneViolation(string name) =>
        new TemplateMessage(name, "de").Check()
            .Should().Equal(new Violation("template.name", "has characters other than lower-case letters, digits and underscores"));

    [Fact]
    public void Check_NameAtItsLimit_IsAllowed() => new TemplateMessage(new string('a', 512), "de").Check().Should().BeEmpty();

    [Fact]
    public void Check_NameOneAboveItsLimit_IsTheOneViolation() =>
        new TemplateMessage(new string('a', 513), "de").Check()
            .Should().Equal(new Violation("template.name", "is 513 characters long; the limit is 512") { Limit = 512, Actual = 513 });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Check_NoName_IsTheOneViolation(string? name) =>
        new TemplateMessage(name!, "de").Check().Should().Equal(new Violation("template.name", "is empty; a text is required") { Limit = 1, Actual = 0 });

    [Theory]
    [InlineData("de")]
    [InlineData("fil")]
    [InlineData("en_US")]
    [InlineData("prs_AF")]
    [InlineData("zh_CN")]
    [InlineData("abcdefghijklm_O")]
    public void Check_Language_IsAllowed(string language) => new TemplateMessage("a", language).Check().Should().BeEmpty();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("  ")]
    [InlineData("en US")]
    [InlineData("en_US\n")]
    [InlineData("dé")]
    [InlineData("abcdefghijklm_OP")]
    public void Check_NoLanguageCode_IsTheOneViolation(string? language) =>
        new TemplateMessage("a", language!).Check().Should().Equal(new Violation("template.language.code", "is not a language code such as en_US"));

    [Fact]
    public void Check_ProductWithoutIdInASectionOfAButtonOfACard_NamesTheWholePath()
    {
        var good = new TemplateCard(new TemplateHeader.Product("1", "a"));
        var bad = good with { Buttons = [new TemplateButtonParameter.Products(3, "a", new ProductSection("One", "a"), new ProductSection("Two", "b", ""))] };

        new TemplateMessage("a", "de") { Cards = [good, bad] }.Check().Should().Equal(
            new Violation("template.components[carousel].cards[1].components[button 3].parameters[0].action.sections[1].product_items[1].product_retailer_id", "is empty; a text is required") { Limit = 1, Actual = 0 });
    }

    [Theory]
    [InlineData("42")]
    [InlineData("four    spaces")]
    [InlineData("\U0001F600")]
    public void Check_Parameter_IsAllowed(string text) => new TemplateMessage("a", "de", text).Check().Should().BeEmpty();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Check_EmptyParameter_NamesItsPlace(string? text) =>
        new TemplateMessage("a", "de", "one", text!).Check().Should().Equal(new Violation(Parameter + "[1].text", "is empty; a text is required") { Limit = 1, Actual = 0 });

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("two\rlines")]
    [InlineData("a\ttab")]
    [InlineData("five     spaces")]
    public void Check_ParameterThatMetaRefuses_NamesItsPlace(string text) =>
        new TemplateMessage("a", "de", text).Check().Should().ContainSingle()
            .Which.Should().Match<Violation>(violation => violation.Path == Parameter + "[0].text" && violation.Rule.Contains("132018", StringComparison.Ordinal));

    [Fact]
    public void Check_NamedParameters_IsAllowed() =>
        WithBody(new TemplateParameter.Text("42") { Name = "order" }, new TemplateParameter.Text("Berlin") { Name = "city" }).Check().Should().BeEmpty();

    [Fact]
    public void Check_NamedAndPositionalParameters_IsTheOneViolation() =>
        WithBody("42", new TemplateParameter.Text("Berlin") { Name = "city" }).Check()
            .Should().Equal(new Violation(Parameter, "mixes named and positional parameters; a template has one kind"));

    [Fact]
    public void New_Texts_AreParametersInOrder() =>
        new TemplateMessage("a", "de", "one", "two").Body.Should().Equal(new TemplateParameter.Text("one"), new TemplateParameter.Text("two"));

    [Fact]
    public void New_NoTexts_HasAnEmptyBody() => new TemplateMessage("a", "de").Body.Should().BeEmpty();

    [Fact]
    public void New_NoBodyArray_Throws() =>
        FluentActions.Invoking(() => new TemplateMessage("a", "de", null!)).Should().Throw<ArgumentNullException>().WithParameterName("body");

    [Fact]
    public void Kind_OfATemplate_IsMetasWord() => Given.Template.Kind.Should().Be("template");

    private static TemplateMessage WithBody(params TemplateParameter[] body) => new TemplateMessage("a", "de") with { Body = body };
}
