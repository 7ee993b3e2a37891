using System.Text;
using System.Text.Json;

namespace WhatsSession.Emulator.Tests.Sending;

/// <summary>Whatever is sent, the answer is one of the Graph API's.</summary>
public sealed class MutationTests
{
    private static readonly string[] Seeds =
    [
        Business.Body(Business.Phone, Bodies.Buttons),
        Business.Body(Business.Phone, Bodies.List),
        Business.Body(Business.Phone, Bodies.Template("hello_world", "x")),
        Business.Body(Business.Phone, """ "context":{"message_id":"x"},"type":"image","image":{"id":"1","caption":"x\ud83d\ude00"} """),
        Business.Body(Business.Phone, """ "status":"read","typing_indicator":{"type":"text"},"message_id":"wamid.x" """),
    ];

    private static readonly string[] Values =
        ["null", "7", "\"\"", "[]", "{}", "[null]", "[[]]", "\"\\ud800\"", "{\"\\ud800 a name of no use\":1}", "-1e999", "true"];

    [Fact]
    public async Task Send_RandomCuts_GetAGraphAnswer()
    {
        await using var business = await OpenWindowAsync();
        var random = new Random(20261123);

        for (var i = 0; i < 1500; i++)
        {
            var seed = Seeds[random.Next(Seeds.Length)];
            var cut = random.Next(seed.Length);
            var end = Math.Min(seed.Length, cut + random.Next(40));
            await ShouldAnswerAsync(business, seed[..cut] + Values[random.Next(Values.Length)] + seed[end..]);
        }
    }

    [Fact]
    public async Task Send_EveryFieldOfAnotherKind_GetsAGraphAnswer()
    {
        await using var business = await OpenWindowAsync();

        foreach (var seed in Seeds)
        {
            foreach (var start in Enumerable.Range(1, seed.Length - 1).Where(c => seed[c] == ':' && seed[c - 1] == '"'))
            {
                foreach (var value in Values)
                {
                    await ShouldAnswerAsync(business, ReplaceValue(seed, start + 1, value));
                }
            }
        }
    }

    private static async Task<Business> OpenWindowAsync()
    {
        var business = await Business.OpenAsync();
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        return business;
    }

    private static async Task ShouldAnswerAsync(Business business, string body)
    {
        var reply = await business.SendAsync(body);
        (reply.StatusCode == 200 || reply.Code is not null).Should().BeTrue(body);
    }

    private static string ReplaceValue(string json, int start, string value)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json[start..]));
        reader.Read();
        reader.Skip();
        return json[..start] + value + json[(start + (int)reader.BytesConsumed)..];
    }
}
