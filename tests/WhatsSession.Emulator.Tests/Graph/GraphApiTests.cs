using System.Net.Http.Headers;

namespace WhatsSession.Emulator.Tests.Graph;

public sealed class GraphApiTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Any_BadToken_Is190(string? token)
    {
        await using var business = await Business.OpenAsync();

        var reply = await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld), token: token);

        (reply.StatusCode, reply.Code).Should().Be((401, 190));
        reply.Json.GetProperty("error").GetProperty("error_subcode").GetInt32().Should().Be(467);
    }

    [Fact]
    public async Task Any_UnknownNumber_Is100With33()
    {
        await using var business = await Business.OpenAsync();

        var reply = await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld), number: "999");

        (reply.StatusCode, reply.Code).Should().Be((400, 100));
        reply.Json.GetProperty("error").GetProperty("error_subcode").GetInt32().Should().Be(33);
    }

    [Fact]
    public async Task Any_NumberOfAnotherToken_Is100With33()
    {
        await using var business = await Business.OpenAsync(o =>
        {
            o.AddNumber("111", "one", "15550009001", "One");
            o.AddNumber("222", "two", "15550009002", "Two");
        });

        (await business.SendAsync(Business.Body(Business.Phone, Bodies.HelloWorld), "222", "one")).Json.GetProperty("error").GetProperty("error_subcode").GetInt32().Should().Be(33);
    }

    [Theory]
    [InlineData("GET", "/messages", 400, 100)]
    [InlineData("PUT", "/messages", 400, 100)]
    [InlineData("DELETE", "", 400, 100)]
    [InlineData("POST", "/nothing", 400, 2500)]
    public async Task Any_WrongMethodOrEdge_IsAGraphError(string method, string path, int statusCode, int code)
    {
        await using var business = await Business.OpenAsync();

        var reply = await business.SendAsync("{}", path: path, method: method);

        (reply.StatusCode, reply.Code).Should().Be((statusCode, code));
    }

    [Theory]
    [InlineData("favicon.ico")]
    [InlineData("314159265358979/messages")]
    [InlineData("v27.0")]
    public async Task Any_UnknownPath_Is2500(string path)
    {
        await using var business = await Business.OpenAsync();

        var reply = await business.GetAsync(path);

        (reply.StatusCode, reply.Code).Should().Be((400, 2500));
    }

    [Fact]
    public async Task Send_BodyOverOneMegabyte_IsError100()
    {
        await using var business = await Business.OpenAsync();

        var reply = await business.TextAsync(new string('x', 3 * 1024 * 1024));

        (reply.StatusCode, reply.Code).Should().Be((413, 100));
        business.Emulator.Requests[0].Json.Length.Should().Be(1024 * 1024);
    }

    [Fact]
    public async Task Send_InvalidUtf8_IsError100()
    {
        await using var business = await Business.OpenAsync();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "dev");
        byte[] body = [.. "{\"messaging_product\":\"whatsapp\",\"to\":\"15550001234\",\"text\":{\"body\":\""u8, 0xFF, .. "\"}}"u8];

        using var response = await http.PostAsync(new Uri(business.Emulator.BaseAddress, "v27.0/314159265358979/messages"), new ByteArrayContent(body));

        ((int)response.StatusCode, business.Emulator.Requests[0].ErrorCode).Should().Be((400, 100));
    }

    [Fact]
    public async Task Number_Fields_GivesThoseAndTheId()
    {
        await using var business = await Business.OpenAsync();

        var some = await business.GetAsync("v27.0/314159265358979?fields=id,display_phone_number,quality_rating,status");
        var standard = await business.GetAsync("v27.0/314159265358979");
        var unknown = await business.GetAsync("v27.0/314159265358979?fields=shoe_size");

        some.Json.GetRawText().Should().Be("""{"display_phone_number":"15550009000","quality_rating":"GREEN","status":"CONNECTED","id":"314159265358979"}""");
        standard.Json.Text("verified_name").Should().Be("Emulated Business");
        unknown.Code.Should().Be(100);
    }

    [Fact]
    public async Task Account_PhoneNumbersAndSubscribedApps_AreListed()
    {
        await using var business = await Business.OpenAsync();

        var numbers = await business.GetAsync("v27.0/271828182845904/phone_numbers");
        var apps = await business.GetAsync("v27.0/271828182845904/subscribed_apps");

        numbers.Json.GetProperty("data")[0].Text("id").Should().Be(Business.Number);
        apps.Json.GetProperty("data")[0].GetProperty("whatsapp_business_api_data").Text("id").Should().Be("161803398874989");
    }

    [Theory]
    [InlineData("dev", true)]
    [InlineData("stale", false)]
    public async Task DebugToken_InputToken_SaysWhetherItIsValid(string token, bool valid)
    {
        await using var business = await Business.OpenAsync();

        var data = (await business.GetAsync("v27.0/debug_token?input_token=" + token)).Json.GetProperty("data");

        data.GetProperty("is_valid").GetBoolean().Should().Be(valid);
        data.GetProperty("scopes").GetArrayLength().Should().Be(valid ? 2 : 0);
        (await business.GetAsync("v27.0/debug_token?input_token=" + token, "161803398874989|dev-secret")).StatusCode.Should().Be(200);
        (await business.GetAsync("v27.0/debug_token?input_token=" + token, "stranger")).Code.Should().Be(190);
    }
}
