using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WhatsSession.Accepting;

namespace WhatsSession.Sdk.Tests.Accepting;

/// <summary>What events do to windows, by the table in Core, and what is counted.</summary>
[WithoutEmulator("Payloads with fields that the emulator does not make.")]
public sealed class AcceptedEventTests
{
    [Theory]
    [InlineData("inbound-text", WindowState.Open)]
    [InlineData("inbound-interactive-flow-reply", WindowState.Open)]
    [InlineData("inbound-location-place", WindowState.Open)]
    [InlineData("call-connect-user-initiated", WindowState.Open)]
    [InlineData("call-status-accepted", WindowState.Open)]
    [InlineData("call-status-ringing", WindowState.Unknown)]
    [InlineData("call-connect-business-initiated", WindowState.Unknown)]
    [InlineData("call-terminate-completed", WindowState.Unknown)]
    [InlineData("standby-inbound-message", WindowState.Unknown)]
    [InlineData("standby-message-echo", WindowState.Unknown)]
    [InlineData("coex-history-media-followup-messages-array", WindowState.Unknown)]
    [InlineData("system-user-changed-number", WindowState.Unknown)]
    [InlineData("inbound-edit-text", WindowState.Unknown)]
    [InlineData("inbound-revoke", WindowState.Unknown)]
    [InlineData("inbound-unsupported-poll", WindowState.Unknown)]
    [InlineData("field-user-preferences-stop", WindowState.Unknown)]
    [InlineData("user-id-update-with-parent-and-phone", WindowState.Unknown)]
    [InlineData("status-delivered-utility-regular", WindowState.Unknown)]
    [InlineData("call-created", WindowState.Unknown)]
    [InlineData("call-recording-available", WindowState.Unknown)]
    [InlineData("history-message-echoes", WindowState.Unknown)]
    [InlineData("standby-template-echo", WindowState.Unknown)]
    [InlineData("status-payment-captured", WindowState.Unknown)]
    public async Task Accept_Sample_OpensTheWindowByTheTableAlone(string name, WindowState expected)
    {
        await using var services = Services();

        (await AcceptAsync(services, Sample.Webhook(name))).StatusCode.Should().Be(200);

        var number = services.GetRequiredService<IWhatsSession>().Number("support");
        var states = new[] { await number.Conversation(Given.Phone).GetWindowAsync(), await number.Conversation(Given.UserId).GetWindowAsync() };
        states.Select(window => window.State).Should().Contain(expected);
        if (expected != WindowState.Open)
        {
            states.Select(window => window.State).Should().NotContain(WindowState.Open);
        }
    }

    [Theory]
    [InlineData("envelope-unknown-field", 1)]
    [InlineData("inbound-interactive-unknown-reply-type", 1)]
    [InlineData("inbound-text", 0)]
    public async Task Accept_Unknown_IsCounted(string name, long expected)
    {
        await using var services = Services();
        var caller = Environment.CurrentManagedThreadId;
        var counted = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Name == "whatssession.inbound.unknown")
            {
                meters.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => counted += Environment.CurrentManagedThreadId == caller ? value : 0);
        listener.Start();

        await AcceptAsync(services, Sample.Webhook(name));

        counted.Should().Be(expected);
    }

    [Fact]
    public async Task Accept_HistoryMediumAfterItsPlaceholder_IsHandledToo()
    {
        var handled = new ConcurrentQueue<string>();
        await using var scene = await Scene.StartAsync(builder => builder.On<HistoryMessageReceived>((received, _) =>
        {
            handled.Enqueue(received.Message.Message.GetType().Name);
            return Task.CompletedTask;
        }));
        foreach (var name in (string[])["coex-history-media-placeholder", "coex-history-media-followup-messages-array", "coex-history-media-followup-messages-array"])
        {
            (await scene.AcceptAsync(Sample.Webhook(name))).StatusCode.Should().Be(200);
            await scene.DrainAsync();
        }

        handled.Should().Equal(nameof(MediaPlaceholderReceived), nameof(ImageReceived));
    }

    /// <summary>What is broken in the middle of a webhook is said, and what stands before it is handled.</summary>
    [Fact]
    public async Task Accept_BrokenAfterTwoMessages_HandlesThemAndQuarantinesThePayload()
    {
        var handled = new ConcurrentQueue<string>();
        await using var scene = await Scene.StartAsync(builder => builder.OnMessage<TextReceived>((received, _) =>
        {
            handled.Enqueue(received.Message.Text);
            return Task.CompletedTask;
        }));
        var messages = ((string[])["A", "B", "a\0b", "C"]).Select(text => $$$"""{"from":"{{{Given.Phone}}}","id":"wamid.{{{text[0]}}}","timestamp":"{{{Given.T0.ToUnixTimeSeconds()}}}","type":"text","text":{"body":"{{{text}}}"}}""");

        var result = await scene.AcceptAsync(Payload.Of($$$"""{"metadata":{"phone_number_id":"{{{Given.Number}}}"},"messages":[{{{string.Join(',', messages)}}}]}"""));
        await scene.DrainAsync();

        result.Should().Be(new AcceptResult(200, 2));
        handled.Should().Equal("A", "B");
        (await scene.Runtime.Quarantine.ListAsync(10)).Should().ContainSingle();
    }

    /// <summary>A payment is no delivery: neither hides the other, and a payment that failed does not make its message fail.</summary>
    [Theory]
    [InlineData("\"type\":\"payment\"", "payment")]
    [InlineData("\"type\":\"parcel\"", "parcel")]
    public async Task Accept_StatusThatIsNoDelivery_IsHandledAndChangesNoDelivery(string kind, string expected)
    {
        var handled = new ConcurrentQueue<string>();
        await using var scene = await Scene.StartAsync(builder => builder
            .OnDelivery((received, _) => Note($"message {received.Message.Status}"))
            .On<PaymentUpdated>((received, _) => Note($"payment {received.Message.Status}"))
            .On<UnknownStatus>((received, _) => Note($"{received.Message.Kind} {received.Message.Status}")));
        string[] statuses = ["\"status\":\"sent\"", $"{kind},\"status\":\"failed\"", "\"status\":\"failed\""];

        foreach (var status in statuses[..2])
        {
            await AcceptAsync(status);
        }

        var delivery = await scene.Store.ReadDeliveryAsync(Given.Number, MessageId.Parse("wamid.A"));
        (delivery.Status, delivery.IsFailed).Should().Be((DeliveryStatus.Sent, false));

        await AcceptAsync(statuses[2]);

        (await scene.Store.ReadDeliveryAsync(Given.Number, MessageId.Parse("wamid.A"))).IsFailed.Should().BeTrue();
        handled.Should().Equal("message sent", $"{expected} failed", "message failed");

        Task Note(string what)
        {
            handled.Enqueue(what);
            return Task.CompletedTask;
        }

        async Task AcceptAsync(string status)
        {
            var result = await scene.AcceptAsync(Payload.Of(
                $$$"""{"metadata":{"phone_number_id":"{{{Given.Number}}}"},"statuses":[{"id":"wamid.A","timestamp":"{{{scene.Now.ToUnixTimeSeconds()}}}","recipient_id":"{{{Given.Phone}}}",{{{status}}} }]}"""));
            result.Should().Be(new AcceptResult(200, 1));
            await scene.DrainAsync();
        }
    }

    /// <summary>What a store is given of each event stands beside the event and its slice: an object, and for a status what it tells of its message.</summary>
    [Theory]
    [InlineData("messages", """{"from":"1555000####","from_user_id":"US.40917263540####","id":"wamid.HBgLMTU1NTAwMDEyMzQVAgASGBQzQTdCNDQ5QTk####","timestamp":"1794900000","type":"text","text":{"body":"ok"}}""")]
    [InlineData("statuses", """{"id":"wamid.HBgLMTU1NTAwMDEyMzQVAgASGBQzQTdCNDQ5QTk####","status":"delivered","timestamp":"1794900000","recipient_id":"1555000####","recipient_user_id":"US.40917263540####","pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"utility"}}""")]
    public async Task Stamp_ThreeMegabytesOfSmallEvents_AllocatesAtMostOneAndAHalfTimesTheirSize(string array, string one)
    {
        await using var services = Services();
        var stamp = services.GetRequiredService<EventStamp>();
        var items = string.Join(',', Enumerable.Range(0, 2_900_000 / one.Length).Select(i => one.Replace("####", i.ToString("00000", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)));
        var payload = Payload.Of($$"""{"metadata":{"phone_number_id":"{{Given.Number}}"},"{{array}}":[{{items}}]}""");
        var events = Payload.Events(payload);
        stamp.Batch(payload, events, problem: null);
        var before = GC.GetAllocatedBytesForCurrentThread();

        stamp.Batch(payload, events, problem: null);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(payload.Length * 3L / 2);
    }

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(new FakeTimeProvider(Given.T0.ToDateTimeOffset().AddMinutes(10)));
        services.AddWhatsSession(o =>
        {
            o.Numbers.Add("support", phoneNumberId: Given.Number.Value, accessToken: Given.AccessToken);
            o.AppSecret = Given.AppSecret;
        });
        return services.BuildServiceProvider();
    }

    private static ValueTask<AcceptResult> AcceptAsync(ServiceProvider services, byte[] body) =>
        services.GetRequiredService<WhatsSessionRuntime>().AcceptAsync(body, WebhookSignature.Compute(body, Given.AppSecret));
}
