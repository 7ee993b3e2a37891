using System.Net;
using System.Text;

namespace WhatsSession.Emulator.Tests.Webhooks;

public sealed class DeliveryTests
{
    [Fact]
    public async Task Webhook_RefusedTwice_ComesAgainLaterUntil200()
    {
        await using var business = await Business.OpenAsync();
        business.Answer = _ => 503;

        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        await business.SettleAsync();
        business.Webhooks.Should().HaveCount(2, "the first retry is immediate");
        business.Emulator.Webhooks.Should().ContainSingle().Which.Should().Match<LoggedWebhook>(w => w.Attempts == 2 && w.StatusCode == 503);

        business.Emulator.Clock.Advance(TimeSpan.FromSeconds(10));
        await business.SettleAsync();
        business.Webhooks.Should().HaveCount(3);

        business.Answer = _ => 200;
        business.Emulator.Clock.Advance(TimeSpan.FromSeconds(30));
        await business.SettleAsync();
        business.Emulator.Clock.Advance(TimeSpan.FromDays(1));
        await business.SettleAsync();

        business.Webhooks.Should().HaveCount(4);
        business.Webhooks.Select(w => w.Signature).Distinct().Should().ContainSingle();
        business.Emulator.Webhooks.Should().ContainSingle().Which.Should().Match<LoggedWebhook>(w => w.Attempts == 4 && w.StatusCode == 200);
    }

    /// <summary>Meta takes 200 alone for an acknowledgement, whatever else sounds like success.</summary>
    [Theory]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(204)]
    [InlineData(299)]
    public async Task Webhook_AnsweredWithAnotherSuccessThan200_IsTriedAgain(int status)
    {
        await using var business = await Business.OpenAsync();
        business.Answer = _ => status;

        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        business.Emulator.Clock.Advance(TimeSpan.FromSeconds(10));
        await business.SettleAsync();

        business.Webhooks.Should().HaveCount(3, "at once, once more, and after ten seconds");
        business.Emulator.Tally.WebhooksDelivered.Should().Be(0);
    }

    [Fact]
    public async Task Webhook_NeverAccepted_IsTriedForMoreThan6DaysAndLessThan7()
    {
        await using var business = await Business.OpenAsync();
        var last = Business.Start;
        business.Answer = _ =>
        {
            last = business.Emulator.Clock.GetUtcNow();
            return 500;
        };
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        for (var hour = 0; hour < 24 * 8; hour++)
        {
            business.Emulator.Clock.Advance(TimeSpan.FromHours(1));
            await business.SettleAsync();
        }

        (last - Business.Start).Should().BeGreaterThan(TimeSpan.FromDays(6)).And.BeLessThanOrEqualTo(TimeSpan.FromDays(7));
    }

    [Fact]
    public async Task Webhook_NeverAccepted_IsGivenUpAfter7Days()
    {
        await using var business = await Business.OpenAsync();
        business.Answer = _ => 500;
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        for (var hour = 0; hour < 24 * 8; hour++)
        {
            business.Emulator.Clock.Advance(TimeSpan.FromHours(1));
            await business.SettleAsync();
        }

        var attempts = business.Emulator.Webhooks[0].Attempts;
        attempts.Should().BeInRange(10, 40);
        business.Emulator.Clock.Advance(TimeSpan.FromDays(2));
        await business.SettleAsync();
        business.Emulator.Webhooks[0].Attempts.Should().Be(attempts);
    }

    [Fact]
    public async Task Webhook_FailingOne_DoesNotHoldUpTheNext()
    {
        await using var business = await Business.OpenAsync();
        business.Answer = d => Encoding.UTF8.GetString(d.Body.Span).Contains("poison") ? 500 : 200;
        var ana = business.Emulator.Customer(Business.Phone);

        await ana.SaysAsync("poison");
        await ana.SaysAsync("fine");

        business.Emulator.Webhooks.Select(w => w.StatusCode).Should().Equal(500, 200);
    }

    [Fact]
    public async Task Webhook_ConsumerThrows_CountsAs500()
    {
        await using var business = await Business.OpenAsync();
        business.Answer = _ => throw new InvalidOperationException("boom");

        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        business.Emulator.Webhooks[0].StatusCode.Should().Be(500);
    }

    [Fact]
    public async Task Webhook_NobodyConnected_IsRecorded()
    {
        await using var emulator = await WhatsAppEmulator.StartAsync();

        var wamid = await emulator.Customer(Business.Phone).SaysAsync("hi");
        await emulator.SettleAsync().WithinLimitAsync();

        emulator.Webhooks.Should().ContainSingle().Which.Should().Match<LoggedWebhook>(w => w.Kind == "message:text" && w.Attempts == 0 && w.StatusCode == null && w.MessageId == wamid);
    }

    [Fact]
    public async Task Webhook_OverHttp_CarriesSignatureAndUserAgent()
    {
        await using var consumer = await HttpConsumer.StartAsync();
        await using var emulator = await WhatsAppEmulator.StartAsync(o => o.WebhookUrl = consumer.Url);

        await emulator.Customer(Business.Phone, "Ana").SaysAsync("olá");

        var request = consumer.Requests.Should().ContainSingle().Subject;
        request.Signature.Should().Be("sha256=" + Convert.ToHexString(System.Security.Cryptography.HMACSHA256.HashData("dev-secret"u8, request.Body)).ToLowerInvariant());
        request.UserAgent.Should().Be("facebookexternalua");
        request.ContentType.Should().Be("application/json");
        emulator.Webhooks[0].StatusCode.Should().Be((int)HttpStatusCode.OK);
    }

    [Fact]
    public async Task Webhook_NobodyListens_FailsWithoutAStatus()
    {
        await using var emulator = await WhatsAppEmulator.StartAsync(o => o.WebhookUrl = new("http://127.0.0.1:1/whatsapp"));

        await emulator.Customer(Business.Phone).SaysAsync("hi");

        emulator.Webhooks[0].Should().Match<LoggedWebhook>(w => w.Attempts == 2 && w.StatusCode == null);
    }

    [Theory]
    [InlineData("dev-verify", true)]
    [InlineData("other", false)]
    public async Task VerifyWebhook_Token_DecidesTheHandshake(string token, bool verified)
    {
        await using var consumer = await HttpConsumer.StartAsync();
        await using var emulator = await WhatsAppEmulator.StartAsync(o =>
        {
            o.VerifyToken = token;
            o.WebhookUrl = consumer.Url;
        });

        (await emulator.VerifyWebhookAsync()).Should().Be(verified);
    }

    [Fact]
    public async Task VerifyWebhook_NoUrl_SaysWhatToDo()
    {
        await using var emulator = await WhatsAppEmulator.StartAsync();

        var verify = () => emulator.VerifyWebhookAsync();

        (await verify.Should().ThrowAsync<InvalidOperationException>()).WithMessage("*ConnectWebhook(Uri)*");
    }

    [Fact]
    public async Task Webhook_StatusesOfAMessage_ComeAfterItsAnswer()
    {
        await using var business = await Business.OpenAsync();
        await business.Emulator.Customer(Business.Phone).SaysAsync("hi");

        // Inside a webhook the business sends, and gets its answer before any status is delivered.
        var nested = new TaskCompletionSource<int>();
        business.Emulator.ConnectWebhook(async (delivery, _) =>
        {
            if (!nested.Task.IsCompleted)
            {
                nested.SetResult((await business.TextAsync("reply")).StatusCode);
            }

            return 200;
        });
        await business.Emulator.Customer(Business.Phone).SaysAsync("again");
        await business.SettleAsync();

        (await nested.Task.WithinLimitAsync()).Should().Be(200);
        business.Emulator.Webhooks.Select(w => w.Kind).Should().Equal("message:text", "message:text", "status:sent", "status:delivered");
    }

    [Fact]
    public async Task Dispose_WebhookUnanswered_CancelsTheAction()
    {
        var business = await Business.OpenAsync();
        var entered = new TaskCompletionSource();
        business.Emulator.ConnectWebhook(async (_, token) =>
        {
            entered.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(token);
            return 200;
        });
        var says = business.Emulator.Customer(Business.Phone).SaysAsync("hi");
        var settles = business.Emulator.SettleAsync();
        await entered.Task.WithinLimitAsync();

        await business.DisposeAsync();

        await says.Awaiting(t => t).Should().ThrowAsync<OperationCanceledException>();
        await settles.Awaiting(t => t).Should().ThrowAsync<OperationCanceledException>();
    }
}
