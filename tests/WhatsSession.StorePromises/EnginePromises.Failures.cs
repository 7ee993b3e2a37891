using WhatsSession.Emulator;
using WhatsSession.Storage;

namespace WhatsSession.StorePromises;

/// <content>A day on which things go wrong, while the store fails once: what is set aside, given back, too late or erased is neither lost nor doubled.</content>
public abstract partial class EnginePromises
{
    private const string ThirdPhone = "15550001236";

    private const string FourthPhone = "15550001237";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task StoreWrite_EachFailsOnceOnADayOfFailures_LosesNothingAndDoublesNothing(bool isDone) => FailEachAsync(LiveADayOfFailuresAsync, isDone, 2 * EveryWrite);

    /// <summary>A day on which handlers fail, Meta refuses, nobody answers in time and somebody wants to be forgotten.</summary>
    /// <returns>The writes, by name.</returns>
    private async Task<IReadOnlyList<string>> LiveADayOfFailuresAsync(int failing, bool isDone)
    {
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        var isMended = false;
        await using var shop = await Shop.OpenAsync([store], build: (builder, _) => builder
            .OnMessage<TextReceived>("reply", static (message, cancellationToken) => message.ReplyAsync("re-" + message.Message.Text, cancellationToken))
            .OnMessage<TextReceived>(
                "poisoned",
                MessageFilter.TextContains("poison"),
                (_, _) => isMended ? Task.CompletedTask : throw new InvalidOperationException("It cannot be handled.")));
        var host = shop.Hosts[0];
        faults.FailOne(failing, isDone);

        // Set aside, called again, dropped.
        await SayAsync(shop, "poison-1");
        await SayAsync(shop, "poison-2", OtherPhone);
        await SayAsync(shop, "poison-3", ThirdPhone);
        foreach (var seconds in (int[])[1, 10, 60, 120, 300, 300])
        {
            await PassAsync(shop, Duration.FromSeconds(seconds));
        }

        isMended = true;
        await AgainAsync(async () => await host.Parked.DiscardAsync([.. (await host.Parked.ListAsync(10, Token)).Where(static parked => Is(parked, ThirdPhone))], Token));
        await AgainAsync(async () => await host.Parked.ReplayAsync(await host.Parked.ListAsync(10, Token), Token));
        await SettleAsync(shop);

        // Signed, and not to be read; before and after it is tried again.
        for (var tries = 0; (await shop.PostAsync("messages", "{broken")).StatusCode != 200 && tries < 3; tries++)
        {
        }

        await AgainAsync(async () => await host.Quarantine.ReplayAsync(await host.Quarantine.ListAsync(10, Token), Token));
        var quarantined = (await host.Quarantine.ListAsync(10, Token)).Count;
        await AgainAsync(async () => await host.Quarantine.DiscardAsync(await host.Quarantine.ListAsync(10, Token), Token));

        // Refused by Meta, so that a key and a claim are given back.
        shop.Meta.Faults.FailNext(ResponseFault.TooManyRequestsWithRetryAfter, 1);
        var keyed = await TryAsync(() => shop.Conversation.SendAsync(new TextMessage("keyed"), new SendOptions { IdempotencyKey = "key", Deadline = TimeSpan.FromSeconds(1) }, Token), again: true);
        await AgainAsync(() => shop.On(0, FourthPhone).RecordCustomerMessageAsync(shop.Now, Token).AsTask());
        (await shop.On(0, FourthPhone).GetWindowAsync(Token)).State.Should().Be(WindowState.Open);
        await PassAsync(shop, Duration.FromHours(25));
        shop.Meta.Faults.RefuseNext(132015, 1);
        await TryAsync(() => shop.Conversation.SendAsync(new TextMessage("closed"), orTemplate: OrderShipped("1"), Token), again: true);
        await TryAsync(() => shop.Conversation.SendAsync(new TextMessage("closed"), orTemplate: OrderShipped("1"), Token));

        // Where the claim itself failed, nothing was there to be refused.
        shop.Meta.Faults.Clear();

        // Held until it is too late, until it is refused for good, and until somebody thinks better of it.
        var expiring = await HoldAsync(shop, Shop.Phone, new TextMessage("expires"), Duration.FromHours(1));
        var refused = await HoldAsync(shop, OtherPhone, new ImageMessage(MediaSource.FromId("1234567890")), Duration.FromDays(1));
        var cancelled = await HoldAsync(shop, ThirdPhone, new TextMessage("cancelled"), Duration.FromDays(1));
        if (cancelled is { } held)
        {
            await AgainAsync(() => shop.On(0, ThirdPhone).CancelHeldMessageAsync(held, Token).AsTask());
        }

        await PassAsync(shop, Duration.FromHours(2));
        await SayAsync(shop, "again-1");
        await SayAsync(shop, "again-2", OtherPhone);
        await SayAsync(shop, "again-3", ThirdPhone);
        for (var i = 0; i < 3; i++)
        {
            await PassAsync(shop, Duration.FromMinutes(5));
        }

        // Erased, and delivered once more.
        await AgainAsync(() => shop.On(0, ThirdPhone).EraseAsync(Token).AsTask());
        foreach (var webhook in shop.Meta.Webhooks.Where(static webhook => webhook.Json.Contains("-3\"", StringComparison.Ordinal)).ToList())
        {
            await shop.RedeliverAsync(webhook, 0);
        }

        await SettleAsync(shop);
        if (failing > faults.Writes.Count)
        {
            return faults.Writes; // Which writes fall together is not the same each time.
        }

        var because = failing == 0 ? "nothing failed" : $"write {failing} ({faults.Writes[failing - 1]}, {(isDone ? "done" : "not done")}) failed";
        var sent = shop.Meta.Requests.Where(static request => request is { MessageId: not null, Type: "text" or "template" }).Select(ContentOf).ToList();
        sent.Should().OnlyHaveUniqueItems(because);

        string[] replies = ["re-poison-1", "re-poison-2", "re-poison-3", "re-again-1", "re-again-2", "re-again-3"];
        sent.Should().Contain(replies, because);
        sent.Contains("keyed").Should().Be(keyed is { IsAccepted: true }, because);
        sent.Should().Contain("1", because).And.NotContain("expires", because);
        (await host.Parked.ListAsync(10, Token)).Should().BeEmpty(because);
        quarantined.Should().Be(1, because + ": what cannot be read is kept until somebody says otherwise");
        (await host.Quarantine.ListAsync(10, Token)).Should().BeEmpty(because);
        if (expiring is { } late)
        {
            shop.Saw<HeldMessageExpired>().Select(static told => told.HeldMessage).Distinct().Should().Equal([late], because);
        }

        if (refused is { } failed)
        {
            shop.Saw<HeldMessageFailed>().Select(static told => told.HeldMessage).Distinct().Should().Equal([failed], because);
        }

        if (cancelled is not null)
        {
            sent.Should().NotContain("cancelled", because);
        }

        foreach (var phone in (string[])[Shop.Phone, OtherPhone, ThirdPhone])
        {
            (await shop.On(0, phone).ListHeldMessagesAsync(10, Token)).Should().BeEmpty(because);
        }

        (await shop.On(0, ThirdPhone).GetHistoryAsync(10, Token)).Should().BeEmpty(because);
        if (failing == 0)
        {
            sent.Should().BeEquivalentTo("re-poison-1", "re-poison-2", "re-poison-3", "keyed", "1", "re-again-1", "re-again-2", "re-again-3");
            new[]
            {
                nameof(IInboxStore.ReplayAsync), nameof(IInboxStore.DiscardAsync), nameof(IInboxStore.RemoveQuarantinedAsync), nameof(ISendStore.ReleaseKeyAsync),
                nameof(ISendStore.ReleaseFallbackAsync), nameof(IHeldMessageStore.HoldAsync), nameof(IHeldMessageStore.CancelHeldAsync),
                nameof(IHeldMessageStore.TakeHeldAsync), nameof(IConversationStore.JoinAsync), nameof(IConversationStore.EraseAsync),
            }.Should().BeSubsetOf(faults.Writes);
        }

        return faults.Writes;
    }

    private static async Task<IntentId?> HoldAsync(Shop shop, string customer, SessionMessage message, Duration time)
    {
        try
        {
            var outcome = await shop.On(0, customer).SendAsync(message, new SendOptions { WhenReopened = WhenReopened.Hold(time) }, Token);
            return (outcome as SendOutcome.WindowClosed)?.HeldMessage;
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    private static bool Is(ParkedEvent parked, string customer) =>
        (parked.Event.Link?.Phone.Value ?? parked.Event.Conversation?.Party) == customer;

    /// <summary>Whoever is told that the store failed asks again.</summary>
    private static async Task AgainAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (StoreUnavailableException)
        {
            await action();
        }
    }

    private static async Task SayAsync(Shop shop, string text, string customer)
    {
        await shop.Meta.Customer(customer).SaysAsync(text, Shop.Number, Token);
        await SettleAsync(shop);
    }
}
