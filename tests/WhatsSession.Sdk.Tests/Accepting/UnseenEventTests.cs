using Microsoft.Extensions.Logging;
using NodaTime;

namespace WhatsSession.Sdk.Tests.Accepting;

/// <summary>Events that nobody will see are told: whoever sets up an endpoint sees more than a 200.</summary>
[WithoutEmulator("Payloads that are too old, or of a stranger's number.")]
public sealed class UnseenEventTests
{
    [Fact]
    public async Task Accept_DashboardTest_IsNamedAsWhatItIs()
    {
        await using var scene = await Scene.StartAsync();

        // As the button of November 2026 sends it.
        var body = Sample.Utf8("""
            {"object":"whatsapp_business_account","entry":[{"id":"0","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",
            "metadata":{"display_phone_number":"16505551111","phone_number_id":"123456123"},
            "contacts":[{"profile":{"name":"test user name"},"wa_id":"16315551181"}],
            "messages":[{"from":"16315551181","id":"ABGGFlA5Fpa","timestamp":"1504902988","type":"text","text":{"body":"this is a text message"}}]}}]}]}
            """);
        (await scene.AcceptAsync(body)).Should().Be(new AcceptResult(200, 1) { TooOld = 1 });

        var told = scene.Logs.GetSnapshot().Where(static record => record.Level >= LogLevel.Information && record.Message.Contains("sample", StringComparison.Ordinal));
        told.Should().ContainSingle().Which.Message.Should().Contain("dashboard").And.Contain("2017");
        scene.Logs.GetSnapshot().Should().NotContain(static record => record.Level >= LogLevel.Warning && record.Message.Contains("too old", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(1, 1)]
    public async Task Accept_EventOlderThan8Days_IsToldWithItsAge(int secondsBeyond, int tooOld)
    {
        await using var scene = await Scene.StartAsync(static builder => builder.OnAnyMessage((_, _) => Task.CompletedTask));
        var body = Scene.TextFrom(Given.Phone, "hi", "wamid.old", scene.Now - Duration.FromDays(8) - Duration.FromSeconds(secondsBeyond));

        (await scene.AcceptAsync(body)).Should().Be(new AcceptResult(200, 1) { TooOld = tooOld });

        scene.Logs.GetSnapshot().Where(static record => record.Level == LogLevel.Warning).Select(static record => record.Message).Should().HaveCount(tooOld)
            .And.NotContain(static message => !message.Contains("1 accepted events", StringComparison.Ordinal) || !message.Contains("8 days old", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Accept_NumberThatNoOptionNames_IsNamedByItsIdOnce()
    {
        await using var scene = await Scene.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            var body = Sample.Text(Scene.TextFrom(Given.Phone, "hi", $"wamid.{i}", scene.Now)).Replace(Given.Number.Value, "777000777", StringComparison.Ordinal);
            (await scene.AcceptAsync(Sample.Utf8(body))).Should().Be(new AcceptResult(200, 1));
        }

        scene.Logs.GetSnapshot().Where(static record => record.Level == LogLevel.Warning).Should().ContainSingle().Which.Message.Should().Contain("777000777").And.Contain("Numbers");
    }
}
