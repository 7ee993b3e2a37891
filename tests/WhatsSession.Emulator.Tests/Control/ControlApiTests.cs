using System.Text;

namespace WhatsSession.Emulator.Tests.Control;

public sealed class ControlApiTests
{
    [Fact]
    public async Task OpenApi_EveryPath_IsServed()
    {
        await using var business = await Business.OpenAsync();

        var paths = (await business.GetAsync("_emulator/openapi.json")).Json.GetProperty("paths");

        foreach (var path in paths.EnumerateObject().Where(p => p.Name is not ("/_emulator/events" or "/_emulator/media/{id}")))
        {
            foreach (var method in path.Value.EnumerateObject())
            {
                using var request = new HttpRequestMessage(new(method.Name.ToUpperInvariant()), path.Name.TrimStart('/').Replace("{phone}", Business.Phone));
                using var response = await business.RawAsync(request);
                (await response.Content.ReadAsStringAsync()).Should().NotContain("Unknown path", path.Name);
            }
        }
    }

    [Theory]
    [InlineData("""{"action":"says","text":"hi"}""", 200)]
    [InlineData("""{"action":"clicks_ad","text":"hi"}""", 200)]
    [InlineData("""{"action":"shares_location","latitude":1,"longitude":2}""", 200)]
    [InlineData("""{"action":"shares_contact","name":"Bo","phone":"+1555"}""", 200)]
    [InlineData("""{"action":"calls"}""", 200)]
    [InlineData("""{"action":"stops_marketing"}""", 200)]
    [InlineData("""{"action":"resumes_marketing"}""", 200)]
    [InlineData("""{"action":"blocks"}""", 200)]
    [InlineData("""{"action":"unblocks"}""", 200)]
    [InlineData("""{"action":"reads"}""", 200)]
    [InlineData("""{"action":"goes_offline"}""", 200)]
    [InlineData("""{"action":"comes_online"}""", 200)]
    [InlineData("""{"action":"leaves"}""", 200)]
    [InlineData("""{"action":"hides_phone","username":"ana"}""", 200)]
    [InlineData("""{"action":"changes_number","phone":"15550004321"}""", 200)]
    [InlineData("""{"action":"says"}""", 400)]
    [InlineData("""{"action":"taps","id":"none"}""", 400)]
    [InlineData("""{"action":"picks","id":"none"}""", 400)]
    [InlineData("""{"action":"reacts","message_id":"none"}""", 400)]
    [InlineData("""{"action":"quotes","message_id":"none","text":"x"}""", 400)]
    [InlineData("""{"action":"completes_flow","message_id":"none","response":{}}""", 400)]
    [InlineData("""{"action":"shares_location","latitude":"1","longitude":2}""", 400)]
    [InlineData("""{"action":"says","text":"hi","number":"999"}""", 400)]
    [InlineData("""{"action":"sings"}""", 400)]
    [InlineData("[]", 400)]
    [InlineData("", 400)]
    public async Task Actions_EachOne_WorksOrSaysWhatIsWrong(string json, int status)
    {
        await using var business = await Business.OpenAsync();

        var reply = await business.PostAsync($"_emulator/customers/{Business.Phone}/actions", json);

        reply.StatusCode.Should().Be(status, reply.Json.GetRawText());
    }

    [Fact]
    public async Task Faults_SetByName_ActAndAreShown()
    {
        await using var business = await Business.OpenAsync();

        var set = (await business.PostAsync("_emulator/faults", """{"hold_webhooks":true,"webhook_delay":1.5,"webhook_batch":7,"response":"server_error","fail_next":{"response":"empty_object","times":0}}""")).Json;
        var wrong = await business.PostAsync("_emulator/faults", """{"duplicate_webhooks":true,"nonsense":1}""");

        (set.GetProperty("hold_webhooks").GetBoolean(), set.GetProperty("webhook_delay").GetDouble(), set.Text("response")).Should().Be((true, 1.5, "server_error"));
        (business.Emulator.Faults.WebhookBatch, business.Emulator.Faults.Response, business.Emulator.Faults.WebhookDelay).Should().Be((7, ResponseFault.ServerError, TimeSpan.FromSeconds(1.5)));
        (wrong.StatusCode, business.Emulator.Faults.DuplicateWebhooks).Should().Be((400, false));
        (await business.DeleteAsync("_emulator/faults")).Json.GetProperty("hold_webhooks").GetBoolean().Should().BeFalse();
    }

    public static TheoryData<string, string, Func<EmulatorFaults, bool>> Switches => new()
    {
        { "duplicate_webhooks", "true", f => f.DuplicateWebhooks },
        { "reorder_webhooks", "true", f => f.ReorderWebhooks },
        { "hold_webhooks", "true", f => f.HoldWebhooks },
        { "wrong_signature", "true", f => f.WrongSignature },
        { "unknown_types", "true", f => f.UnknownTypes },
        { "unknown_fields", "true", f => f.UnknownFields },
        { "webhook_delay", "1.5", f => f.WebhookDelay == TimeSpan.FromSeconds(1.5) },
        { "response_delay", "2", f => f.ResponseDelay == TimeSpan.FromSeconds(2) },
        { "clock_skew", "-90", f => f.ClockSkew == TimeSpan.FromSeconds(-90) },
        { "webhook_batch", "1000", f => f.WebhookBatch == 1000 },
        { "response", "\"drop_after_accepting\"", f => f.Response == ResponseFault.DropAfterAccepting },
        { "response", "\"connection_reset\"", f => f.Response == ResponseFault.ConnectionReset },
        { "response", "\"too_many_requests\"", f => f.Response == ResponseFault.TooManyRequests },
        { "response", "\"too_many_requests_with_retry_after\"", f => f.Response == ResponseFault.TooManyRequestsWithRetryAfter },
        { "response", "\"server_error\"", f => f.Response == ResponseFault.ServerError },
        { "response", "\"bad_gateway_html\"", f => f.Response == ResponseFault.BadGatewayHtml },
        { "response", "\"empty_unavailable\"", f => f.Response == ResponseFault.EmptyUnavailable },
        { "response", "\"empty_object\"", f => f.Response == ResponseFault.EmptyObject },
    };

    [Theory]
    [MemberData(nameof(Switches), DisableDiscoveryEnumeration = true)]
    public async Task Faults_EachByItsName_IsSetAndShown(string name, string value, Func<EmulatorFaults, bool> isOn)
    {
        await using var business = await Business.OpenAsync();

        var set = await business.PostAsync("_emulator/faults", $$"""{"{{name}}":{{value}}}""");

        set.StatusCode.Should().Be(200);
        isOn(business.Emulator.Faults).Should().BeTrue();
        (await business.GetAsync("_emulator/faults")).Json.GetProperty(name).GetRawText().Should().Be(value);
    }

    [Fact]
    public async Task Faults_FailNextByName_FailsSoOften()
    {
        await using var business = await Business.OpenAsync();
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        await business.PostAsync("_emulator/faults", """{"fail_next":{"response":"server_error","times":1}}""");

        (await business.TextAsync("x")).StatusCode.Should().Be(500);
        (await business.TextAsync("x")).StatusCode.Should().Be(200);
    }

    [Fact]
    public async Task PageOfAnotherSite_Post_IsRefused()
    {
        await using var business = await Business.OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "_emulator/clock/advance?by=PT1H");
        request.Headers.Add("Origin", "https://example.test");

        using var response = await business.RawAsync(request);

        ((int)response.StatusCode, business.Emulator.Clock.GetUtcNow()).Should().Be((403, Business.Start));
    }

    [Fact]
    public async Task Events_AfterAChange_TellAgain()
    {
        await using var business = await Business.OpenAsync();
        using var http = new HttpClient { BaseAddress = business.Emulator.BaseAddress };
        await using var stream = await http.GetStreamAsync("_emulator/events");
        using var reader = new StreamReader(stream, Encoding.UTF8);

        (await reader.ReadLineAsync()).Should().Be("event: change");
        await reader.ReadLineAsync();
        await reader.ReadLineAsync();
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        (await reader.ReadLineAsync()).Should().Be("event: change");
    }

    [Fact]
    public async Task QrCodes_CreateUpdateListDelete_Work()
    {
        await using var business = await Business.OpenAsync();
        const string path = $"v27.0/{Business.Number}/message_qrdls";

        var created = (await business.PostAsync(path, """{"prefilled_message":"I want a kettle","generate_qr_image":"SVG"}""")).Json;
        var code = created.Text("code");
        await business.PostAsync(path, $$"""{"code":"{{code}}","prefilled_message":"Two kettles"}""");
        var listed = (await business.GetAsync(path)).Json.GetProperty("data");
        var one = (await business.GetAsync($"{path}/{code}")).Json.GetProperty("data")[0];

        (created.Text("deep_link_url"), created.Text("qr_image_url") is not null).Should().Be(($"https://wa.me/message/{code}", true));
        (listed.GetArrayLength(), one.Text("prefilled_message")).Should().Be((1, "Two kettles"));
        (await business.PostAsync(path, $$"""{"prefilled_message":"{{new string('x', 141)}}"}""")).Code.Should().Be(100);
        (await business.DeleteAsync($"{path}/{code}")).StatusCode.Should().Be(200);
        (await business.DeleteAsync($"{path}/{code}")).Code.Should().Be(100);
    }

    [Fact]
    public async Task Page_Served_AllowsNothingFromElsewhere()
    {
        await using var business = await Business.OpenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "");

        using var response = await business.RawAsync(request);

        response.Content.Headers.ContentType!.MediaType.Should().Be("text/html");
        response.Headers.GetValues("Content-Security-Policy").Single().Should().StartWith("default-src 'none'");
        (await response.Content.ReadAsStringAsync()).Should().NotContain("http");
    }
}
