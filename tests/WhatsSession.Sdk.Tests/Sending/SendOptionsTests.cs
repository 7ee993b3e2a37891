using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Sending;

[WithoutEmulator("No request, and a store that fails.")]
public sealed class SendOptionsTests
{
    [Fact]
    public async Task SendAsync_OptionsThatContradictOrBreakALimit_AreNamed()
    {
        await using var scene = await Scene.StartAsync();
        (SendOptions Options, string Message)[] wrong =
        [
            (new SendOptions { IdempotencyKey = "" }, "IdempotencyKey has 0 characters"),
            (new SendOptions { IdempotencyKey = new string('k', 257) }, "IdempotencyKey has 257 characters"),
            (new SendOptions { CallbackData = Emoji(441) }, "CallbackData has 441 characters; the limit is 440"),
            (new SendOptions { OrTemplate = Given.Template, OrTextIn = new TextFallback("a", "en") }, "leave one out"),
            (new SendOptions { WhenReopened = null! }, "WhenReopened.Discard"),
        ];

        foreach (var (options, message) in wrong)
        {
            await scene.Conversation.Invoking(conversation => conversation.SendAsync(Given.Text, options)).Should().ThrowAsync<ArgumentException>().WithMessage($"*{message}*");
        }

        scene.Http.Requests.Should().BeEmpty();
    }

    /// <summary>Of two units each: a limit of the platform counts code points.</summary>
    [Fact]
    public async Task SendAsync_LongestCallbackDataOfEmoji_IsSentWhole()
    {
        await using var scene = await Scene.StartAsync();

        (await scene.Conversation.SendAsync(Given.Text, new SendOptions { CallbackData = Emoji(440) })).EnsureAccepted();

        ((string?)scene.Http.Requests[^1].Json["biz_opaque_callback_data"]).Should().EndWith("|" + Emoji(440)).And.Match(data => data.EnumerateRunes().Count() <= 512);
    }

    [Fact]
    public void Hold_OutOfRange_Throws()
    {
        FluentActions.Invoking(() => WhenReopened.Hold(TimeSpan.Zero)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => WhenReopened.Hold(TimeSpan.FromDays(30) + TimeSpan.FromTicks(1))).Should().Throw<ArgumentOutOfRangeException>();
        WhenReopened.Hold(TimeSpan.FromDays(30)).HoldFor.Should().Be(WhenReopened.LongestHold);
        WhenReopened.Discard.HoldFor.Should().BeNull();
    }

    /// <summary>Without the store nobody can tell whether the key was used: sending all the same could double the message.</summary>
    [Fact]
    public async Task SendAsync_KeyWithoutTheStore_ThrowsAndMakesNoRequest()
    {
        await using var scene = await Scene.StartAsync();
        scene.Store.Fail(nameof(IWhatsSessionStore.TakeKeyAsync));

        await scene.Conversation.Invoking(conversation => conversation.SendAsync(Given.Template, new SendOptions { IdempotencyKey = "k" })).Should().ThrowAsync<StoreUnavailableException>();

        scene.Http.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_CancelledBeforeTheRequest_GivesTheKeyBack()
    {
        await using var scene = await Scene.StartAsync();
        using var cancellation = new CancellationTokenSource();
        scene.Store.Before = method => method == nameof(IWhatsSessionStore.SaveIntentAsync) ? cancellation.CancelAsync() : Task.CompletedTask;
        var options = new SendOptions { IdempotencyKey = "k" };

        await scene.Conversation.Invoking(conversation => conversation.SendAsync(Given.Text, options, cancellation.Token)).Should().ThrowAsync<OperationCanceledException>();
        scene.Store.Before = _ => Task.CompletedTask;

        (await scene.Conversation.SendAsync(Given.Text, options)).IsAccepted.Should().BeTrue();
    }

    private static string Emoji(int count) => string.Concat(Enumerable.Repeat("😀", count));

    public static TheoryData<string> Refused => [.. Unsendable.Keys];

    private static Dictionary<string, (SendOptions Options, string Path)> Unsendable { get; } = new()
    {
        ["answer to no message"] = (new SendOptions { ReplyTo = default(MessageId) }, "context.message_id"),
        ["NUL in the callback data"] = (new SendOptions { CallbackData = "a\0b" }, "biz_opaque_callback_data"),
        ["no identity key hash"] = (new SendOptions { IdentityKeyHash = "" }, "recipient_identity_key_hash"),
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task SendAsync_WhatMetaWouldRefuseBesideTheMessage_IsInvalidBeforeAnyRequest(string name)
    {
        await using var scene = await Scene.StartAsync();
        var (options, path) = Unsendable[name];

        var outcome = await scene.Conversation.SendAsync(Given.Text, options);

        outcome.Should().BeOfType<SendOutcome.Invalid>().Which.Violations.Should().ContainSingle().Which.Path.Should().Be(path);
        scene.Http.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_TextWithNul_IsInvalidBeforeAnyRequest()
    {
        await using var scene = await Scene.StartAsync();

        (await scene.Conversation.SendAsync(new TextMessage("a\0b"))).Should().BeOfType<SendOutcome.Invalid>();

        scene.Http.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("555")]
    [InlineData(null)]
    public async Task SendAsync_NumberWithAMessagingAccount_NamesItInEverySend(string? account)
    {
        await using var scene = await Scene.StartAsync(options: o => o.Numbers["support"].MessagingAccountId = account);

        await scene.Conversation.SendAsync(Given.Text);
        await scene.Conversation.SendAsync(Given.Template);

        scene.Http.Requests.Select(sent => (string?)sent.Json["messaging_account_id"]).Should().Equal(account, account);
    }
}
