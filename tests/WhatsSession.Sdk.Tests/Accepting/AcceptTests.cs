using NodaTime;
using WhatsSession.Emulator;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Accepting;

/// <summary>Nothing is acknowledged before the store has it.</summary>
public sealed class AcceptTests
{
    public enum Deed
    {
        Writes,
        TapsAQuickReply,
        GetsATemplate,
        ChangesNumber,
    }

    [Fact]
    public async Task AcceptAsync_Signed_Is200WithTheEvents()
    {
        var results = new List<AcceptResult>();
        await using var scene = await EmulatedScene.StartAsync();
        scene.Meta.ConnectWebhook(async (delivery, cancellationToken) =>
        {
            results.Add(await scene.Runtime.AcceptAsync(delivery.Body, delivery.Signature, cancellationToken));
            return results[^1].StatusCode;
        });
        scene.Meta.Faults.WebhookBatch = 10;
        scene.Meta.Faults.HoldWebhooks = true;
        await scene.SaysAsync("one");
        await scene.SaysAsync("two");
        await scene.Meta.Customer("15550009999").SaysAsync("three", Given.Number.Value);

        scene.Meta.Faults.HoldWebhooks = false;
        await scene.Meta.SettleAsync();

        results.Should().Equal(new AcceptResult(200, 3));
    }

    [Fact]
    public async Task AcceptAsync_WrongSignature_Is401AndNothingIsKept()
    {
        await using var scene = await EmulatedScene.StartAsync();
        scene.Meta.Faults.WrongSignature = true;

        await scene.SaysAsync("hi");

        LastStatus(scene).Should().Be(401);
        (await scene.Conversation.GetHistoryAsync(10)).Should().BeEmpty();
        (await scene.Conversation.GetWindowAsync()).State.Should().Be(WindowState.Unknown);
    }

    [Fact]
    public async Task AcceptAsync_NoSecretConfigured_Is401WithTheFixInTheLog()
    {
        await using var scene = await EmulatedScene.StartAsync(options: o => o.AppSecret = null);

        await scene.SaysAsync("hi");

        LastStatus(scene).Should().Be(401);
        scene.Logs.GetSnapshot().Should().Contain(record => record.Message.Contains("set WhatsSession:AppSecret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Given.AppSecret, 200)]
    [InlineData("old", 200)]
    [InlineData("new", 200)]
    [InlineData("other", 401)]
    public async Task AcceptAsync_RotatedSecrets_AcceptsEither(string secretOfMeta, int expected)
    {
        await using var scene = await EmulatedScene.StartAsync(options: o => o.Apps.Add("main", ["old", "new"], "token"), meta: o => o.AppSecret = secretOfMeta);

        await scene.SaysAsync("hi");

        LastStatus(scene).Should().Be(expected);
    }

    [Fact]
    public async Task AcceptAsync_StoreUnavailable_Is503UntilItIsBack()
    {
        await using var scene = await EmulatedScene.StartAsync();
        scene.Store.Fail(nameof(IWhatsSessionStore.IngestAsync));

        await scene.SaysAsync("hi");

        LastStatus(scene).Should().Be(503);
        scene.Store.Before = _ => Task.CompletedTask;
        await scene.AdvanceAsync(TimeSpan.FromMinutes(1));
        LastStatus(scene).Should().Be(200);
        (await scene.Conversation.GetWindowAsync()).Since.Should().Be(Given.T0, "the time of the message counts");
    }

    [Fact]
    public async Task AcceptAsync_TimestampFromTheFuture_IsClamped()
    {
        await using var scene = await EmulatedScene.StartAsync();
        scene.Meta.Faults.ClockSkew = TimeSpan.FromDays(300);

        await scene.SaysAsync("hi");

        (await scene.Conversation.GetWindowAsync()).Until.Should().Be(Given.T0 + Duration.FromHours(24) + Duration.FromMinutes(5));
        scene.Logs.GetSnapshot().Should().ContainSingle(record => record.Message.Contains("clamped"));
    }

    [Theory]
    [InlineData(Deed.Writes, true)]
    [InlineData(Deed.TapsAQuickReply, true)]
    [InlineData(Deed.GetsATemplate, false)]
    [InlineData(Deed.ChangesNumber, false)]
    public async Task AcceptAsync_WhatACustomerDoes_OpensTheWindowOrNot(Deed deed, bool opens)
    {
        await using var scene = await EmulatedScene.StartAsync(meta: o => o.AddTemplate(new EmulatedTemplate
        {
            Name = "visit",
            Language = "en_US",
            Components = """[{"type":"BODY","text":"Will you come?"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Yes"}]}]""",
        }));
        var customer = scene.Customer;
        (await scene.Conversation.SendAsync(new TemplateMessage("visit", "en_US"))).IsAccepted.Should().BeTrue();
        await scene.DrainAsync();

        await (deed switch
        {
            Deed.Writes => scene.SaysAsync("hi"),
            Deed.TapsAQuickReply => customer.TapsAsync("Yes"),
            Deed.ChangesNumber => customer.ChangesNumberAsync("15550007777"),
            _ => scene.DrainAsync(),
        });

        scene.Meta.Webhooks.Should().OnlyContain(webhook => webhook.StatusCode == 200);
        (await scene.Runtime.Client.Number("support").Conversation(customer.UserId).GetWindowAsync()).State.Should().Be(opens ? WindowState.Open : WindowState.Unknown);
    }

    private static int? LastStatus(EmulatedScene scene) => scene.Meta.Webhooks[^1].StatusCode;
}
