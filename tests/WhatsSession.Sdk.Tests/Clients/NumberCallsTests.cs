using System.Net;

namespace WhatsSession.Sdk.Tests.Clients;

/// <summary>Requests of a number that post no message.</summary>
[WithoutEmulator("Exact answers, and requests that are never made.")]
public sealed class NumberCallsTests
{
    [Fact]
    public async Task Calls_RequestsThatBreakALimit_NameTheViolations()
    {
        await using var scene = await Scene.StartAsync(options: o => o.Numbers["support"].BusinessAccountId = "102030405060708");
        var number = scene.Runtime.Client.Number("support");

        var code = await number.QrCodes.CreateAsync(new string('x', 141));
        var created = await number.Templates.CreateAsync(new TemplateDraft("Not a name", "en_US", TemplateCategory.Utility, new TemplateComponent.Body("Hello")));
        var edited = await number.Templates.EditAsync("1", new TemplateEdit { Components = [new TemplateComponent.Body("")] });

        code.Violations.Should().Equal(QrCode.Check(new string('x', 141)));
        new[] { code.Violations, created.Violations, edited.Violations }.Should().OnlyContain(violations => violations.Count > 0);
        new[] { code.Error, created.Error, edited.Error }.Should().OnlyContain(error => error!.Category == GraphErrorCategory.InvalidRequest);
        scene.Http.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task ListQrCodesAsync_LongPage_IsReadToItsEnd()
    {
        await using var scene = await Scene.StartAsync();
        var text = string.Concat(Enumerable.Repeat("\\u0430", 140));
        var page = string.Join(',', Enumerable.Range(1, 2000).Select(i => $$"""{"code":"CODE{{i}}","prefilled_message":"{{text}}","deep_link_url":"https://wa.me/message/CODE{{i}}"}"""));
        scene.Http.AnswerWith(HttpStatusCode.OK, $$"""{"data":[{{page}}]}""");

        var codes = new List<QrCode>();
        await foreach (var code in scene.Runtime.Client.Number("support").QrCodes.ListAsync())
        {
            codes.Add(code);
        }

        page.Length.Should().BeGreaterThan(1 << 20);
        codes.Should().HaveCount(2000);
    }
}
