using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Diagnostics;

/// <summary>Nothing that identifies a customer, and nothing they wrote, is logged; not in base64 either.</summary>
[WithoutEmulator("Answers that carry personal data where Meta puts none.")]
public sealed partial class PersonalDataTests
{
    private const string Text = "Ihr Befund ist da";

    private const string OtherPhone = "15550007777";

    private static readonly string Wamid = "wamid." + Convert.ToBase64String(Encoding.ASCII.GetBytes("HBg" + Given.Phone + "FQIAERgS"));

    [Fact]
    public async Task Logs_OfAnEventfulDay_HaveNoPersonalData()
    {
        await using var scene = await Scene.StartAsync(builder => builder
            .OnMessage<TextReceived>(async (message, cancellationToken) => await message.ReplyAsync(new TextMessage(Text), Given.Template, cancellationToken))
            .OnMessage<TextReceived>((_, _) => throw new InvalidOperationException("a handler's own words"))
            .OnWindowClosing(TimeSpan.FromHours(1), (_, _) => throw new InvalidOperationException("a handler's own words")));

        scene.Http.AnswerWith(HttpStatusCode.BadRequest, $"{{\"error\":{{\"code\":131026,\"message\":\"{Given.Phone}\"}}}}");
        await scene.AcceptAsync(Payload());
        await scene.AcceptAsync(Payload()[..^20]);
        await scene.Runtime.AcceptAsync(Payload(), "sha256=wrong");
        await scene.AcceptAsync(Scene.TextFrom(Given.Phone, Text, Wamid + "2", scene.Now + NodaTime.Duration.FromDays(9)));
        await scene.DrainAsync();
        foreach (var (status, body) in new[]
        {
            (HttpStatusCode.BadRequest, $$$"""{"error":{"code":131026,"message":"Message undeliverable to +{{{Given.Phone}}}","error_data":{"details":"{{{Given.UserId}}} {{{Wamid}}}"} } }"""),
            (HttpStatusCode.BadRequest, Encoding.UTF8.GetString(Sample.Response("response-error-130429"))),
            (HttpStatusCode.BadGateway, $"<html>{Given.Phone}</html>"),
            (HttpStatusCode.BadRequest, Encoding.UTF8.GetString(Sample.Response("response-error-131047"))),
            (HttpStatusCode.OK, $$$"""{"messages":[{"id":"{{{Wamid}}}"}]}"""),
        })
        {
            scene.Http.AnswerWith(status, body);

            // The clock stands still, so nothing may wait to be tried again.
            var atOnce = new SendOptions { Deadline = TimeSpan.FromSeconds(1) };
            await scene.Conversation.SendAsync(new TextMessage(Text), atOnce with { OrTemplate = Given.Template });
            await scene.Runtime.Client.Number("support").Conversation(Given.UserId).SendAsync(new TextMessage(Text), atOnce);
        }

        await scene.AdvanceAsync(TimeSpan.FromHours(23));
        for (var i = 0; i < 4; i++)
        {
            await scene.AdvanceAsync(TimeSpan.FromMinutes(6));
        }

        foreach (var method in (string[])[nameof(IWhatsSessionStore.ReadAsync), nameof(IWhatsSessionStore.SettleIntentAsync), nameof(IWhatsSessionStore.IngestAsync)])
        {
            scene.Store.Fail(method);
            await scene.Conversation.SendAsync(new TextMessage(Text), Given.Template);
            await scene.Conversation.SendAsync(Given.Template);
            await scene.AcceptAsync(Payload());
        }

        scene.Store.Before = static _ => Task.CompletedTask;
        var hold = new SendOptions { WhenReopened = WhenReopened.Hold(NodaTime.Duration.FromHours(1)), CallbackData = Text };
        scene.Http.AnswerWith(HttpStatusCode.OK, $$$"""{"messages":[{"id":"{{{Wamid}}}"}]}""");
        await scene.Conversation.SendAsync(new TextMessage(Text), hold);
        await scene.Conversation.SendAsync(new TextMessage(new string('x', 5000) + Text), hold);
        scene.Runtime.AnswerVerification("subscribe", Given.Phone, Text);
        scene.Runtime.AnswerVerification("subscribe", Given.VerifyToken, Text);
        scene.Http.AnswerWith(HttpStatusCode.Unauthorized, $$$"""{"error":{"code":190,"message":"of {{{Given.Phone}}}"}}""");
        await scene.AcceptAsync(Scene.TextFrom(OtherPhone, Text, Wamid + "3", scene.Now));
        await scene.AcceptAsync(Sample.Utf8($$$"""{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"brand_new","value":{"a":"{{{Given.Phone}}}"}}]}]}"""));
        await scene.AcceptAsync(Scene.TextFrom(Given.Phone, Text, Wamid + "4", NodaTime.Instant.FromUnixTimeSeconds(1_500_000_000)));
        await scene.DrainAsync();
        var answers = 0;
        scene.Http.Answer = (_, _) => Task.FromResult(answers++ > 0 ? StubHttp.Accepted()
            : StubHttp.Json(HttpStatusCode.BadRequest, $$$"""{"error":{"code":131056,"message":"to {{{Given.Phone}}}"}}"""));
        await scene.SendThroughWaitAsync(() => scene.Conversation.SendAsync(Given.Template), TimeSpan.FromSeconds(6));

        var records = scene.Logs.GetSnapshot();
        records.Select(record => record.Id.Id).Distinct().Should().Contain([1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 18, 25, 40, 41, 43, 44, 45, 46, 51, 52, 53]);
        foreach (var record in records)
        {
            var state = string.Join(' ', record.StructuredState?.Select(pair => $"{pair.Key}={pair.Value}") ?? []);
            ExpectNothingPersonal($"{record.Category} {record.Message} {state} {record.Exception} {string.Join(' ', record.Scopes)}");
        }
    }

    [Fact]
    public async Task SpansAndMeasurements_OfAnEventfulDay_HaveNoPersonalData()
    {
        using var recorder = new TelemetryRecorder();

        await TelemetryPageTests.LiveThroughAsync(recorder);

        recorder.Measurements.Should().NotBeEmpty();
        recorder.Spans.Should().NotBeEmpty();
        foreach (var text in recorder.Measurements.Select(measured => measured.ToString()).Concat(recorder.Spans.Select(TelemetryRecorder.Describe)))
        {
            ExpectNothingPersonal(text);
        }

        recorder.Spans.Should().OnlyContain(span => span.StatusDescription == null && !span.Events.Any() && !span.Baggage.Any());
    }

    private static void ExpectNothingPersonal(string text)
    {
        string[] forbidden = [Given.Phone, OtherPhone, Given.UserId, Given.UserId[3..], "Marta Quill", "martaquill", Text, "Befund", Wamid[6..16], Given.AccessToken, Given.AppSecret];
        foreach (var secret in forbidden)
        {
            text.Should().NotContain(secret);
        }

        foreach (Match match in Base64Words().Matches(text))
        {
            var padded = match.Value.Replace('-', '+').Replace('_', '/');
            var bytes = new byte[padded.Length];
            if (Convert.TryFromBase64String(padded[..(padded.Length / 4 * 4)], bytes, out var written))
            {
                Encoding.Latin1.GetString(bytes, 0, written).Should().NotContain(Given.Phone);
            }
        }
    }

    private static byte[] Payload() => Sample.Utf8($$$"""
        {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"{{{Given.Number}}}"},
        "contacts":[{"profile":{"name":"Marta Quill","username":"martaquill"},"wa_id":"{{{Given.Phone}}}","user_id":"{{{Given.UserId}}}"}],
        "messages":[{"from":"{{{Given.Phone}}}","from_user_id":"{{{Given.UserId}}}","id":"{{{Wamid}}}","timestamp":"1794900000","type":"text","text":{"body":"{{{Text}}}"}}],
        "statuses":[{"id":"{{{Wamid}}}","status":"failed","timestamp":"1794900000","recipient_id":"{{{Given.Phone}}}","errors":[{"code":131026,"title":"to {{{Given.Phone}}}"}]}]}}]}]}
        """);

    [GeneratedRegex("[A-Za-z0-9+/_-]{8,}", RegexOptions.NonBacktracking)]
    private static partial Regex Base64Words();
}
