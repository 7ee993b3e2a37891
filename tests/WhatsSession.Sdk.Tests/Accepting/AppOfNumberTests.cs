using System.Text;

namespace WhatsSession.Sdk.Tests.Accepting;

/// <summary>Of several Meta apps, each may speak for its own numbers alone.</summary>
[WithoutEmulator("Signatures of apps that Meta would not mix.")]
public sealed class AppOfNumberTests
{
    private const string Account = "271828182845904";

    // "support" belongs to the app of the options themselves, "sales" to whom it may.
    private static Task<Scene> StartAsync(Action<WhatsSessionOptions>? options = null) => Scene.StartAsync(options: o =>
    {
        o.Apps.Add("tenant-b", ["secret-b", "new-secret-b"], "token-b");
        o.Numbers["support"].App = "MAIN";
        options?.Invoke(o);
    });

    [Theory]
    [InlineData(Given.AppSecret, 200)]
    [InlineData("secret-b", 401)]
    [InlineData("new-secret-b", 401)]
    public async Task AcceptAsync_EventOfANumberWithAnApp_IsTakenFromThatAppAlone(string secret, int expected)
    {
        await using var scene = await StartAsync();
        var body = Scene.TextFrom(Given.Phone, "forged", "wamid.f", scene.Now);

        (await scene.Runtime.AcceptAsync(body, WebhookSignature.Compute(body, secret))).StatusCode.Should().Be(expected);

        (await scene.Conversation.GetHistoryAsync(10)).Should().HaveCount(expected == 200 ? 1 : 0);
        (await scene.Conversation.GetWindowAsync()).State.Should().Be(expected == 200 ? WindowState.Open : WindowState.Unknown);
        scene.Logs.GetSnapshot().Count(record => record.Message.Contains("whose App is another", StringComparison.Ordinal)).Should().Be(expected == 200 ? 0 : 1);
    }

    [Fact]
    public async Task AcceptAsync_BatchWithOneEventOfAnotherAppsNumber_IsRefusedWhole()
    {
        await using var scene = await StartAsync();
        var forged = Encoding.UTF8.GetString(Scene.TextFrom(Given.Phone, "forged", "wamid.f", scene.Now));
        var changes = forged[(forged.IndexOf("\"changes\":[", StringComparison.Ordinal) + 11)..forged.LastIndexOf("]}]}", StringComparison.Ordinal)];
        var own = changes.Replace(Given.Number.Value, Given.OtherNumber.Value, StringComparison.Ordinal).Replace("wamid.f", "wamid.o", StringComparison.Ordinal);
        var both = Encoding.UTF8.GetBytes(forged.Replace(changes, $"{own},{changes}", StringComparison.Ordinal));
        Payload(both).Should().Be(2, "the test must make a payload that can be read");

        (await scene.Runtime.AcceptAsync(both, WebhookSignature.Compute(both, "secret-b"))).Should().Be(new AcceptResult(401, 0));

        (await scene.Runtime.Client.Number("sales").Conversation(Given.Phone).GetHistoryAsync(10)).Should().BeEmpty();
        (await scene.Runtime.Quarantine.ListAsync(10)).Should().BeEmpty();
    }

    [Fact]
    public async Task AcceptAsync_NumberWithoutAnApp_IsTakenFromAny()
    {
        await using var scene = await StartAsync();
        foreach (var secret in (string[])[Given.AppSecret, "secret-b"])
        {
            var body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Scene.TextFrom(Given.Phone, "hi", "wamid." + secret, scene.Now)).Replace(Given.Number.Value, Given.OtherNumber.Value, StringComparison.Ordinal));

            (await scene.Runtime.AcceptAsync(body, WebhookSignature.Compute(body, secret))).Should().Be(new AcceptResult(200, 1));
        }
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("tenant-b", 200)] // Two numbers of one account may have two apps.
    public async Task AcceptAsync_NoticeOfTheAccountOfANumberWithAnApp_IsTakenFromItsAppsAlone(string? appOfOther, int expected)
    {
        await using var scene = await StartAsync(o =>
        {
            o.Numbers["support"].BusinessAccountId = Account;
            o.Numbers["sales"].BusinessAccountId = appOfOther is null ? null : Account;
            o.Numbers["sales"].App = appOfOther;
        });
        var body = Encoding.UTF8.GetBytes($$$"""{"entry":[{"id":"{{{Account}}}","changes":[{"field":"account_review_update","value":{"decision":"REJECTED"}}]}]}""");

        (await scene.Runtime.AcceptAsync(body, WebhookSignature.Compute(body, "secret-b"))).StatusCode.Should().Be(expected);
        (await scene.Runtime.AcceptAsync(body, WebhookSignature.Compute(body, Given.AppSecret))).StatusCode.Should().Be(200);
    }

    [Fact]
    public async Task AcceptAsync_SecretThatTwoAppsShare_CountsForBoth()
    {
        await using var scene = await StartAsync(o => o.Apps.Add("twin", [Given.AppSecret], "token"));

        await scene.ReceiveTextAsync();
    }

    [Fact]
    public async Task AcceptWithoutVerificationAsync_NoSignatureAndNoSecret_IsTaken()
    {
        await using var scene = await Scene.StartAsync(options: o => o.AppSecret = null);

        (await scene.Runtime.AcceptWithoutVerificationAsync(Scene.TextFrom(Given.Phone, "hi", "wamid.1", scene.Now))).Should().Be(new AcceptResult(200, 1));
        (await scene.Runtime.AcceptWithoutVerificationAsync("{"u8.ToArray())).Should().Be(new AcceptResult(200, 0));
        (await scene.Runtime.AcceptWithoutVerificationAsync(new byte[4_000_000])).Should().Be(new AcceptResult(413, 0));

        (await scene.Conversation.GetWindowAsync()).State.Should().Be(WindowState.Open);
        (await scene.Runtime.Quarantine.ListAsync(10)).Should().ContainSingle();
    }

    private static int Payload(byte[] body)
    {
        var events = new List<WhatsAppEvent>();
        WebhookReader.Read(body, events).Should().BeNull();
        return events.Count;
    }
}
