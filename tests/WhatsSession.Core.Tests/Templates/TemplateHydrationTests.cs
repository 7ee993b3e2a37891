namespace WhatsSession.Core.Tests.Templates;

/// <summary>The texts of a template with the values of a message in them.</summary>
public sealed class TemplateHydrationTests
{
    private const string Body = "template.components[body].parameters";
    private const string Header = "template.components[header].parameters[0]";

    /// <summary>Each text of a template with its values, at its limit and one above: what stands around the placeholder, the most characters, and where it is said.</summary>
    public static TheoryData<int, string, Func<string, TemplateComponent[]>, Func<string, TemplateMessage>> Texts => new()
    {
        { 32768, Body, text => [new TemplateComponent.Body(text)], value => Plain(value) },
        { 1024, Body, text => [new TemplateComponent.Body(text), new TemplateComponent.Footer("Quill")], value => Plain(value) },
        { 600, Body, text => [new TemplateComponent.Body(text), new TemplateComponent.LimitedTimeOffer("Soon")], value => Plain(value) with { OfferEnds = Given.Noon } },
        { 160, Body, text => [new TemplateComponent.Body(text), new TemplateComponent.Buttons(new TemplateButtonDefinition.Product("See it"))], value => Plain(value) },
        { 60, Header + ".text", text => [new TemplateComponent.TextHeader(text), new TemplateComponent.Body("Ready.")], value => Plain() with { Header = value } },
        { 2000, "template.components[button 0].parameters[0].text", text => [new TemplateComponent.Body("Ready."), new TemplateComponent.Buttons(new TemplateButtonDefinition.Url("Map", text))], value => Plain() with { Buttons = [new TemplateButtonParameter.Url(0, value)] } },
        { 160, "template.components[carousel].cards[0].components[body].parameters", text => [new TemplateComponent.Body("Ready."), new TemplateComponent.Carousel(Card(text), Card("Mug"))],
            value => Plain() with { Cards = [new TemplateCard(new TemplateHeader.Image(Samples.Link)) { Body = [value] }, new TemplateCard(new TemplateHeader.Image(Samples.Link))] } },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Check_ATextWithItsValues_HasAtMostWhatTheTextOfATemplateMayHave(int most, string path, Func<string, TemplateComponent[]> components, Func<string, TemplateMessage> message)
    {
        // Seven code points stand before the value, which is of code points of two units.
        var template = Of(components("Tea ☕: {{1}}"));
        string Value(int length) => string.Concat(Enumerable.Repeat("😀", length - 7));

        template.Check(message(Value(most))).Should().BeEmpty();
        template.Check(message(Value(most + 1))).Should().ContainSingle().Which.Should().Match<Violation>(violation =>
            violation.Path == path && violation.Limit == most && violation.Actual == most + 1 && violation.Rule.EndsWith("(132005)"));
    }

    [Fact]
    public void Check_PlaceholdersInAnyOrderByNameAndTwice_CountEachTime()
    {
        var numbered = Of(new TemplateComponent.Body("{{2}}-{{1}}-{{2}}."), new TemplateComponent.Footer("Quill"));
        var named = Of(new TemplateComponent.Body("{{b}}-{{a}}-{{b}}."), new TemplateComponent.Footer("Quill")) with { ParameterFormat = TemplateParameterFormat.Named };
        TemplateMessage Named(string a, string b) => Plain() with { Body = [new TemplateParameter.Text(a) { Name = "a" }, new TemplateParameter.Text(b) { Name = "b" }] };
        var (one, most, over) = (new string('x', 21), new string('x', 500), new string('x', 501));

        numbered.Check(Plain(one, most)).Should().BeEmpty();
        numbered.Check(Plain(one, over)).Should().ContainSingle().Which.Actual.Should().Be(1026);
        named.Check(Named(one, most)).Should().BeEmpty();
        named.Check(Named(one, over)).Should().ContainSingle().Which.Actual.Should().Be(1026);
    }

    private static TemplateDefinition Of(params TemplateComponent[] components) => new() { Name = "order_ready", Language = "en_US", Status = TemplateStatus.Approved, Components = components };

    private static TemplateMessage Plain(params string[] body) => new("order_ready", "en_US", body);

    private static TemplateCardDefinition Card(string text) => new(new TemplateComponent.MediaHeader(TemplateHeaderFormat.Image), new TemplateComponent.Body(text));
}
