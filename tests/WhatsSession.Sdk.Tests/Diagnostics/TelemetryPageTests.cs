using System.Diagnostics.Metrics;
using System.Net;
using NodaTime;
using WhatsSession.Alerts;
using WhatsSession.Diagnostics;

namespace WhatsSession.Sdk.Tests.Diagnostics;

/// <summary>docs/telemetry.md lists what is really emitted, no more and no less.</summary>
[WithoutEmulator("Answers and payloads that make everything happen once.")]
public sealed class TelemetryPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "telemetry.md"));

    [Fact]
    public async Task Metrics_OfTheRuntime_AreThoseOfThePage()
    {
        using var recorder = new TelemetryRecorder();
        await using var scene = await Scene.StartAsync(recorder.AddTo);

        recorder.Instruments.Select(instrument => $"{instrument.Name} {instrument.Unit} {(instrument is Counter<long> ? "counter" : "histogram")}")
            .Should().BeEquivalentTo(Rows("Metrics").Select(row => $"{Code(row[0])} {Code(row[1])} {row[2]}"));
        recorder.Instruments.Should().OnlyContain(instrument => instrument.Meter.Name == "WhatsSession" && !string.IsNullOrEmpty(instrument.Description));
    }

    [Fact]
    public async Task TagsOfMetricsAndSpans_OfAnEventfulDay_AreThoseOfThePage()
    {
        using var recorder = new TelemetryRecorder();
        await LiveThroughAsync(recorder);

        foreach (var row in Rows("Metrics"))
        {
            recorder.Measurements.Where(measured => measured.Instrument == Code(row[0])).SelectMany(measured => measured.Tags).Select(tag => tag.Key).Distinct()
                .Should().BeEquivalentTo(Codes(row[3]), row[0]);
        }

        foreach (var row in Rows("Spans"))
        {
            var spans = recorder.Spans.Where(span => span.DisplayName.Split(' ')[0] == Code(row[0]).Split(' ')[0]).ToList();
            spans.Select(span => span.Kind.ToString()).Distinct().Should().Equal(row[1]);
            spans.SelectMany(span => span.TagObjects).Select(tag => tag.Key).Distinct().Should().BeEquivalentTo(Codes(row[2]), row[0]);
        }

        recorder.Spans.Select(span => span.DisplayName.Split(' ')[0]).Distinct().Should().BeEquivalentTo(Rows("Spans").Select(row => Code(row[0]).Split(' ')[0]));
        foreach (var row in Rows("Values"))
        {
            var tags = recorder.Measurements.SelectMany(measured => measured.Tags).Concat(recorder.Spans.SelectMany(span => span.TagObjects));
            tags.Where(tag => tag.Key == Code(row[0])).Select(tag => tag.Value).Distinct().Should().NotBeEmpty().And.BeSubsetOf(Codes(row[1]), row[0]);
        }
    }

    [Fact]
    public void Values_OfWindowStatesLanesAndReasons_AreThoseOfThePage()
    {
        Enum.GetValues<WindowState>().Select(TelemetryNames.Of).Should().BeEquivalentTo(ValuesOf(TelemetryNames.WindowState));
        Enum.GetValues<EventLane>().Select(TelemetryNames.Of).Should().BeEquivalentTo(ValuesOf(TelemetryNames.Lane));
        Enum.GetValues<WindowClosedReason>().Select(TelemetryNames.Of).Append("send").Should().BeEquivalentTo(ValuesOf(TelemetryNames.Decision));
    }

    [Fact]
    public void Problems_OfTheHealthCheck_AreThoseOfThePage() =>
        Enum.GetValues<HealthProblemKind>().Select(kind => $"{kind} {(new HealthProblem(kind, "").IsFatal ? "unhealthy" : "degraded")}")
            .Should().BeEquivalentTo(Rows("Health").Select(row => $"{Code(row[0])} {row[1].Split(';', ',', ':')[0]}"));

    /// <summary>Makes everything happen that is counted.</summary>
    internal static async Task LiveThroughAsync(TelemetryRecorder recorder)
    {
        await using var scene = await Scene.StartAsync(builder =>
        {
            recorder.AddTo(builder);
            builder.OnMessage<TextReceived>("reply", async (message, cancellationToken) => await message.ReplyAsync("On it!", cancellationToken));
            builder.OnMessage<TextReceived>("broken", (_, _) => throw new InvalidOperationException(Given.Phone));
        });
        await scene.WithHistoryAsync();
        var hold = new SendOptions { WhenReopened = WhenReopened.Hold(TimeSpan.FromHours(1)), Deadline = TimeSpan.FromSeconds(1) };
        await scene.Conversation.SendAsync(Given.Text, hold);
        await scene.Conversation.SendAsync(Given.Text, hold with { OrTemplate = Given.Template });
        scene.Http.AnswerWith(HttpStatusCode.BadRequest, $$$"""{"error":{"code":131026,"message":"{{{Given.Phone}}}"}}""");
        await scene.Conversation.SendAsync(Given.Text, new TemplateMessage("order_shipped", "en_US", "43"));
        await scene.ReceiveTextAsync();
        await scene.DrainAsync();
        scene.Http.AnswerWith(HttpStatusCode.BadRequest, Sample.Response("response-error-131047"));
        await scene.Conversation.SendAsync(Given.Text);
        var answers = 0;
        scene.Http.Answer = (_, _) => Task.FromResult(StubHttp.At(scene.Clock.GetUtcNow() + TimeSpan.FromMinutes(10), answers++ == 0 ? StubHttp.RateLimited(TimeSpan.FromSeconds(6)) : StubHttp.Accepted()));
        await scene.SendThroughWaitAsync(() => scene.Conversation.SendAsync(Given.Template), TimeSpan.FromSeconds(6));
        var text = Scene.TextFrom(Given.Phone, "tomorrow", "wamid.tomorrow", scene.Now + Duration.FromDays(1));
        await scene.AcceptAsync(text);
        await scene.AcceptAsync(text[..^20]);
        await scene.Runtime.AcceptAsync(text, signature: null);
        await scene.AcceptAsync(Sample.Utf8("""{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"brand_new","value":{"a":1}}]}]}"""));
        var outdated = new WindowAlert(WindowAlert.Planned(Duration.FromHours(1)), scene.Conversation.Key, scene.Now - Duration.FromHours(23), IsLate: false);
        await scene.Store.EnqueueAsync(outdated.ToEvent(scene.Now));
        for (var i = 0; i < 5; i++)
        {
            await scene.AdvanceAsync(TimeSpan.FromMinutes(6));
        }
    }

    private static IReadOnlyList<string> ValuesOf(string tag) => Codes(Rows("Values").Single(row => Code(row[0]) == tag)[1]);

    /// <summary>The rows of the first table under a heading, by cell.</summary>
    private static List<string[]> Rows(string heading) => [.. Page.Split($"## {heading}\n")[1].Split("\n## ")[0].Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2)
        .Select(line => line.Trim().Trim('|').Split(" | ").Select(cell => cell.Trim(' ', '|')).ToArray())];

    private static string Code(string cell) => cell.Trim('`');

    private static IReadOnlyList<string> Codes(string cell) => [.. cell.Split('`').Where((_, index) => index % 2 == 1)];
}
