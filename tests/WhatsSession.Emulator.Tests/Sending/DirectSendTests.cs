namespace WhatsSession.Emulator.Tests.Sending;

public sealed class DirectSendTests
{
    private const string Address = """{"type":"address_message","body":{"text":"?"},"action":{"name":"address_message","parameters":{"country":"IN"}}}""";

    public static TheoryData<string, string, int> Contents => new()
    {
        { "utility", Text(1024), 200 },
        { "utility", Text(1025), 100 },
        { "utility", Bodies.Buttons, 200 },
        { "utility", """ "type":"interactive","interactive":{"type":"cta_url","body":{"text":"?"},"action":{"name":"cta_url","parameters":{"display_text":"Open","url":"https://example.test"}}} """, 200 },
        { "utility", """ "type":"interactive","interactive":{"type":"voice_call","body":{"text":"?"},"action":{"name":"voice_call"}} """, 200 },
        { "utility", Bodies.List, 100 },
        { "utility", $""" "type":"interactive","interactive":{Address} """, 100 },
        { "utility", """ "type":"interactive","interactive":{"type":"location_request_message","body":{"text":"?"},"action":{"name":"send_location"}} """, 100 },
        { "utility", """ "type":"location","location":{"latitude":1,"longitude":2} """, 100 },
        { "authentication", Text(20), 200 },
        { "authentication", Bodies.Buttons, 100 },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task DirectSend_OfEachKind_TakesWhatATemplateCanBe(string category, string content, int code)
    {
        await using var business = await Business.OpenAsync();

        var reply = await business.SendAsync(Business.Body(Business.Phone, $""" "category":"{category}",{content} """));

        (reply.Code ?? reply.StatusCode).Should().Be(code, reply.Json.GetRawText());
    }

    [Fact]
    public async Task DirectSend_InsideTheWindow_HasTheUtilityPrice()
    {
        await using var business = await Business.OpenAsync(o => o.StartsAt = new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero));
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        await business.SendAsync(Business.Body(Business.Phone, """ "category":"utility","text":{"body":"Your parcel left"} """));
        await business.SettleAsync();

        var pricing = business.Statuses()[0].Status.GetProperty("pricing");
        (pricing.Text("type"), pricing.GetProperty("billable").GetBoolean()).Should().Be(("regular", true));
    }

    private static string Text(int length) => $$""" "text":{"body":"{{new string('x', length)}}"} """;
}
