using System.Text.Json;

namespace WhatsSession.Emulator.Tests.Graph;

public sealed class TemplateApiTests
{
    private const string Path = "v27.0/271828182845904/message_templates";

    public static TheoryData<string, int, int?> Refused => new()
    {
        // components, code, subcode
        { """[{"type":"BODY","text":"{{1}} came"}]""", 100, 2388299 },
        { """[{"type":"BODY","text":"It came, {{1}}"}]""", 100, 2388299 },
        { $$"""[{"type":"BODY","text":"{{new string('x', 1025)}}"}]""", 100, 2388040 },
        { """[{"type":"FOOTER","text":"f"}]""", 100, 2388072 },
        { """[{"type":"BODY","text":"b"},{"type":"FOOTER","text":"f {{1}}"}]""", 100, 2388073 },
        { """[{"type":"BODY","text":"b"},{"type":"HEADER","format":"TEXT","text":"{{1}} {{2}} h"}]""", 100, 2388047 },
        { """[{"type":"BODY","text":"b"},{"type":"BUTTONS","buttons":[{"type":"URL","text":"a","url":"https://a"},{"type":"URL","text":"b","url":"https://a"},{"type":"URL","text":"c","url":"https://a"}]}]""", 100, null },
        { """[{"type":"BODY","text":"b"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"a"},{"type":"PHONE_NUMBER","text":"b","phone_number":"1"},{"type":"QUICK_REPLY","text":"c"}]}]""", 100, null },
        { """[{"type":"SONG"}]""", 100, null },
        { "7", 100, null },
    };

    [Fact]
    public async Task Create_Review_Send_Edit_Delete_GoThroughALife()
    {
        await using var business = await Business.OpenAsync(o => o.TemplatesApprovedAfter = TimeSpan.FromMinutes(5));

        var created = (await CreateAsync(business, "order_ready")).Json;
        var early = await SendAsync(business, "order_ready");
        business.Emulator.Clock.Advance(TimeSpan.FromMinutes(5));
        await business.SettleAsync();
        var sent = await SendAsync(business, "order_ready");
        var id = created.Text("id");
        var edited = await business.PostAsync("v27.0/" + id, """{"components":[{"type":"BODY","text":"All is well."}]}""");
        var pending = (await business.GetAsync($"v27.0/{id}?fields=status,components")).Json;
        business.Emulator.Clock.Advance(TimeSpan.FromMinutes(5));
        var again = await business.PostAsync("v27.0/" + id, """{"components":[{"type":"BODY","text":"Once more."}]}""");
        var deleted = await business.DeleteAsync(Path + "?name=order_ready");

        (created.Text("status"), early.Code, sent.StatusCode).Should().Be(("PENDING", 132001, 200));
        (edited.StatusCode, pending.Text("status"), again.Code).Should().Be((200, "PENDING", 100));
        (deleted.StatusCode, (await SendAsync(business, "order_ready")).Code, (await CreateAsync(business, "order_ready")).Code).Should().Be((200, 132001, 100));
        business.Emulator.Webhooks.Select(w => w.Kind).Should().Contain("message_template_status_update:approved");
    }

    [Fact]
    public async Task StatusWebhook_Paused_HasMetasShapeAndBlocksSends()
    {
        await using var business = await Business.OpenAsync();

        await business.Emulator.SetTemplateStatusAsync("hello_world", "en_US", "PAUSED");
        var refused = await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld));
        var id = (await business.GetAsync(Path)).Json.GetProperty("data")[0].Text("id");
        var unpaused = await business.PostAsync($"v27.0/{id}/unpause", "");

        using var webhook = JsonDocument.Parse(business.Webhooks[0].Body);
        var change = webhook.RootElement.GetProperty("entry")[0].GetProperty("changes")[0];
        change.Text("field").Should().Be("message_template_status_update");
        var value = change.GetProperty("value");
        (value.Text("event"), value.Text("message_template_name"), value.GetProperty("other_info").Text("title")).Should().Be(("PAUSED", "hello_world", "FIRST_PAUSE"));
        value.GetProperty("message_template_id").ValueKind.Should().Be(JsonValueKind.Number);
        (refused.Code, unpaused.Json.GetProperty("success").GetBoolean()).Should().Be((132015, true));
        (await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld))).StatusCode.Should().Be(200);
        await business.Emulator.Awaiting(e => e.SetTemplateStatusAsync("nobody", "en_US", "PAUSED")).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task List_Pages_GoOnByCursorUntilTheEnd()
    {
        await using var business = await Business.OpenAsync();
        foreach (var i in Enumerable.Range(1, 6))
        {
            await CreateAsync(business, $"t{i}");
        }

        var names = new List<string?>();
        var next = Path + "?limit=3&fields=name";
        while (next is not null)
        {
            var page = (await business.GetAsync(next)).Json;
            names.AddRange(page.GetProperty("data").EnumerateArray().Select(t => t.Text("name")));
            next = page.GetProperty("paging").Text("next");
        }

        names.Should().Equal("hello_world", "t1", "t2", "t3", "t4", "t5", "t6");
        (await business.GetAsync(Path + "?after=nonsense")).Code.Should().Be(131059);
        (await business.GetAsync(Path + "?name=t4&summary=total_count")).Json.GetProperty("summary").GetProperty("total_count").GetInt32().Should().Be(1);
        (await business.GetAsync(Path + "?limit=0")).Code.Should().Be(100);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Create_BadComponents_IsRefused(string components, int code, int? subcode)
    {
        await using var business = await Business.OpenAsync();

        var reply = await business.PostAsync(Path, $$"""{"name":"x","language":"en_US","category":"UTILITY","components":{{components}} }""");

        (reply.StatusCode, reply.Code).Should().Be((400, code));
        if (subcode is not null)
        {
            var error = reply.Json.GetProperty("error");
            error.GetProperty("error_subcode").GetInt32().Should().Be(subcode);
            error.Text("error_user_msg").Should().NotBeEmpty();
        }
    }

    [Theory]
    [InlineData("""{"name":"Order Ready","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"b"}]}""")]
    [InlineData("""{"name":"x","language":"en_US","category":"SERVICE","components":[{"type":"BODY","text":"b"}]}""")]
    [InlineData("""{"name":"hello_world","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"b"}]}""")]
    [InlineData("""{"name":"x","language":"en_US","category":"UTILITY"}""")]
    [InlineData("nonsense")]
    public async Task Create_BadTemplate_IsRefused(string json)
    {
        await using var business = await Business.OpenAsync();

        (await business.PostAsync(Path, json)).StatusCode.Should().Be(400);
    }

    [Fact]
    public async Task Compare_TwoTemplates_CountsTheirSends()
    {
        await using var business = await Business.OpenAsync();
        await CreateAsync(business, "other");
        await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld));
        var ids = (await business.GetAsync(Path)).Json.GetProperty("data").EnumerateArray().Select(t => t.Text("id")).ToList();

        var comparison = (await business.GetAsync($"v27.0/{ids[0]}/compare?template_ids=[{ids[1]}]&start=1000000&end={1000000 + (7 * 86400)}")).Json;

        comparison.GetProperty("data")[1].GetProperty("number_values").EnumerateArray().Select(v => v.GetProperty("value").GetInt32()).Should().Equal(1, 0);
        (await business.GetAsync($"v27.0/{ids[0]}/compare?template_ids=[{ids[1]}]&start=1&end=2")).Code.Should().Be(100);
    }

    private static Task<Reply> CreateAsync(Business business, string name) =>
        business.PostAsync(Path, $$"""{"name":"{{name}}","language":"en_US","category":"UTILITY","components":[{"type":"BODY","text":"Your order is ready."}]}""");

    private static Task<Reply> SendAsync(Business business, string name) => business.SendAsync(Business.Body(Business.Phone, $$""" "type":"template","template":{"name":"{{name}}","language":{"code":"en_US"} } """));
}
