using System.Text;

namespace WhatsSession.Emulator.Tests.Webhooks;

/// <summary>A consumer that hangs, fails or calls back must not stop the webhooks of others, nor the emulator.</summary>
public sealed class LaneTests
{
    [Fact]
    public async Task Webhook_OtherConsumerHangs_IsDelivered()
    {
        var hangs = new TaskCompletionSource();
        await using var app = await HttpConsumer.StartAsync();
        await using var slow = await HttpConsumer.StartAsync();
        slow.BeforeAnswer = _ => hangs.Task;
        await using var emulator = await WhatsAppEmulator.StartAsync(o =>
        {
            o.WebhookUrl = app.Url;
            o.AddNumber("1");
            o.AddNumber("2");
        });
        emulator.OverrideWebhook("1", slow.Url);
        var ana = emulator.Customer(Business.Phone);

        var first = ana.SaysAsync("hi", toNumber: "1");
        await ana.SaysAsync("hi", toNumber: "2").WithinLimitAsync();

        (first.IsCompleted, app.Requests.Count).Should().Be((false, 1));
        hangs.SetResult();
        await first.WithinLimitAsync();
    }

    [Fact]
    public async Task Webhook_SameConsumerHangs_IsDeliveredBesideIt()
    {
        var hangs = new TaskCompletionSource();
        await using var app = await HttpConsumer.StartAsync();
        app.BeforeAnswer = body => body.Contains("wait here", StringComparison.Ordinal) ? hangs.Task : Task.CompletedTask;
        await using var emulator = await WhatsAppEmulator.StartAsync(o => o.WebhookUrl = app.Url);
        var ana = emulator.Customer(Business.Phone);

        var first = ana.SaysAsync("wait here");
        await ana.SaysAsync("go on").WithinLimitAsync();

        first.IsCompleted.Should().BeFalse();
        hangs.SetResult();
        await first.WithinLimitAsync();
        emulator.Webhooks.Select(w => w.StatusCode).Should().Equal(200, 200);
    }

    [Fact]
    public async Task Webhook_ConsumerCallsTheControlApiBeforeItAnswers_BothComplete()
    {
        await using var app = await HttpConsumer.StartAsync();
        await using var emulator = await WhatsAppEmulator.StartAsync(o => o.WebhookUrl = app.Url);
        using var http = new HttpClient { BaseAddress = emulator.BaseAddress };
        app.BeforeAnswer = async body =>
        {
            if (body.Contains("first", StringComparison.Ordinal))
            {
                using var says = new StringContent("""{"action":"says","text":"second"}""");
                (await http.PostAsync("_emulator/customers/15550004321/actions", says)).EnsureSuccessStatusCode();
            }
        };

        await emulator.Customer(Business.Phone).SaysAsync("first").WithinLimitAsync();

        emulator.Webhooks.Select(w => (w.StatusCode, w.Attempts)).Should().Equal((200, 1), (200, 1));
    }

    [Fact]
    public async Task Webhook_FunctionActsBeforeItAnswers_NextComesAfterIt()
    {
        await using var emulator = await WhatsAppEmulator.StartAsync();
        var ana = emulator.Customer(Business.Phone);
        var log = new List<string>();
        emulator.ConnectWebhook(async (delivery, ct) =>
        {
            var isFirst = Encoding.UTF8.GetString(delivery.Body.Span).Contains("first", StringComparison.Ordinal);
            log.Add(isFirst ? "first in" : "second in");
            if (isFirst)
            {
                await ana.SaysAsync("second", ct);
                log.Add("first out");
            }

            return 200;
        });

        await ana.SaysAsync("first").WithinLimitAsync();
        await emulator.SettleAsync().WithinLimitAsync();

        log.Should().Equal("first in", "first out", "second in");
    }

    [Fact]
    public async Task Settle_InsideAFunction_SaysWhyNot()
    {
        await using var emulator = await WhatsAppEmulator.StartAsync();
        Exception? refused = null;
        emulator.ConnectWebhook(async (_, ct) =>
        {
            refused = await Record.ExceptionAsync(() => emulator.SettleAsync(ct));
            return 200;
        });

        await emulator.Customer(Business.Phone).SaysAsync("hi");

        refused.Should().BeOfType<InvalidOperationException>().Which.Message.Should().Contain("would wait for itself");
    }

    [Fact]
    public async Task Webhook_FailsWhereTheClockEnds_OthersGoOn()
    {
        await using var business = await Business.OpenAsync(o => o.StartsAt = new DateTimeOffset(9899, 12, 31, 23, 59, 59, TimeSpan.Zero));
        var ana = business.Emulator.Customer(Business.Phone);
        business.Answer = _ => 500;
        await ana.SaysAsync("refused");
        business.Answer = _ => 200;

        await ana.SaysAsync("hi");
        var sent = await business.TextAsync("answer");
        await business.SettleAsync();

        sent.StatusCode.Should().Be(200);
        business.Emulator.Webhooks.Select(w => w.StatusCode).Should().Equal(500, 200, 200, 200);
        business.Emulator.Clock.Invoking(c => c.Advance(TimeSpan.FromMinutes(1))).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*year 9899*");
        business.Emulator.Clock.Invoking(c => c.AdvanceTo(DateTimeOffset.MaxValue)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task Dispose_FunctionNeverReturns_EndsAndMayBeCalledAgain()
    {
        var emulator = await WhatsAppEmulator.StartAsync();
        var entered = new TaskCompletionSource();
        var never = new TaskCompletionSource<int>();
        emulator.ConnectWebhook((_, _) =>
        {
            entered.SetResult();
            return never.Task;
        });
        var says = emulator.Customer(Business.Phone).SaysAsync("hi");
        await entered.Task.WithinLimitAsync();

        await emulator.DisposeAsync().AsTask().WithinLimitAsync();
        await emulator.DisposeAsync();

        await says.Awaiting(t => t).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Dispose_FunctionBlocksItsThread_Ends()
    {
        using var free = new ManualResetEventSlim();
        var emulator = await WhatsAppEmulator.StartAsync();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        emulator.ConnectWebhook((_, _) =>
        {
            entered.SetResult();
            free.Wait(CancellationToken.None);
            return Task.FromResult(200);
        });
        var says = emulator.Customer(Business.Phone).SaysAsync("hi");
        await entered.Task.WithinLimitAsync();

        await emulator.DisposeAsync().AsTask().WithinLimitAsync();

        await says.Awaiting(t => t).Should().ThrowAsync<OperationCanceledException>();
        free.Set();
    }
}
