using System.Text.Json;
using WhatsSession.Emulator;
using WhatsSession.Storage;

namespace WhatsSession.StorePromises;

public abstract partial class EnginePromises
{
    private const string OtherPhone = "15550001235";

    /// <summary>Of how many writes one fails.</summary>
    protected virtual int EveryWrite => 1;

    /// <summary>Every write of a day fails once, done or not: what two writes in order promise holds when either of them fails.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task StoreWrite_EachFailsOnce_LosesNothingAndDoublesNothing(bool isDone) => FailEachAsync(LiveADayAsync, isDone, EveryWrite);

    /// <summary>Lives a day once for each of its writes, or of so many one, which fails.</summary>
    private async Task FailEachAsync(Func<int, bool, Task<IReadOnlyList<string>>> liveADayAsync, bool isDone, int every)
    {
        var writes = await liveADayAsync(0, isDone);
        var (polls, others) = (0, 0);
        for (var failing = 1; failing <= writes.Count; failing++)
        {
            // Most look whether there is something to do, and one is like another.
            var isPoll = writes[failing - 1] is nameof(IInboxStore.ClaimAsync) or nameof(IInboxStore.SweepAsync);
            if (isPoll ? polls++ % 20 == 0 : others++ % every == 0)
            {
                await liveADayAsync(failing, isDone);
            }
        }

        others.Should().BeGreaterThan(40);
    }

    /// <summary>A day on which everything happens that makes writes, each once.</summary>
    /// <returns>The writes, by name.</returns>
    private async Task<IReadOnlyList<string>> LiveADayAsync(int failing, bool isDone)
    {
        var (store, faults) = FaultyStore.Over((await CreateStoresAsync())[0]);
        await using var shop = await Shop.OpenAsync([store], build: static (builder, _) => builder
            .OnMessage<TextReceived>("reply", static (message, cancellationToken) => message.ReplyAsync("re-" + message.Message.Text, cancellationToken))
            .OnWindowClosing(TimeSpan.FromHours(2), static (alert, cancellationToken) => alert.ReplyAsync(AnswerTo(alert.Message), cancellationToken)));
        faults.FailOne(failing, isDone);
        await SayAsync(shop, "first");
        await TryAsync(() => shop.Conversation.SendAsync(new TextMessage("keyed"), new SendOptions { IdempotencyKey = "key" }, Token), again: true);
        await PassAsync(shop, Duration.FromMinutes(22 * 60 + 20));
        await PassAsync(shop, Duration.FromMinutes(5));
        await PassAsync(shop, Duration.FromMinutes(5));
        await PassAsync(shop, Duration.FromHours(3));
        await TryAsync(() => shop.Conversation.SendAsync(new TextMessage("closed"), orTemplate: OrderShipped("1"), Token), again: true);
        var held = await HoldAsync(shop, Shop.Phone, new TextMessage("held"), Duration.FromDays(1));
        await SayAsync(shop, "second");

        // Meta refuses one of another customer late: the template goes in its place.
        await shop.Meta.Customer(OtherPhone).SaysAsync("hello", Shop.Number, Token);
        await SettleAsync(shop);
        shop.Meta.RefusalMode = RefusalMode.Asynchronous;
        await PassAsync(shop, Duration.FromMinutes(23 * 60 + 40));
        await PassAsync(shop, Duration.FromMinutes(5));
        await PassAsync(shop, Duration.FromMinutes(5));
        shop.Meta.Faults.ClockSkew = TimeSpan.FromMinutes(15);
        var late = await TryAsync(() => shop.On(0, OtherPhone).SendAsync(new TextMessage("late"), orTemplate: OrderShipped("2"), Token));
        for (var i = 0; i < 6; i++)
        {
            await PassAsync(shop, Duration.FromMinutes(5));
        }

        if (failing > faults.Writes.Count)
        {
            return faults.Writes; // Which writes fall together is not the same each time.
        }

        var because = failing == 0 ? "nothing failed" : $"write {failing} ({faults.Writes[failing - 1]}, {(isDone ? "done" : "not done")}) failed";
        var sent = shop.Meta.Requests.Where(static request => request is { MessageId: not null, Type: "text" or "template" }).Select(ContentOf).ToList();
        sent.Should().OnlyHaveUniqueItems(because);
        foreach (var text in (string[])["first", "second", "hello"])
        {
            shop.Saw<TextReceived>().Should().Contain(message => message.Text == text, because);
        }

        string[] promised = ["re-first", "keyed", "1", "re-second", "re-hello", .. held is null ? (string[])[] : ["held"], .. late is { IsAccepted: true } ? (string[])["late", "2"] : []];
        sent.Should().Contain(promised, because);
        shop.Saw<WindowClosing>().Should().NotBeEmpty(because);
        sent.Should().Contain(shop.Saw<WindowClosing>().Select(AnswerTo).Distinct(), because);
        if (failing == 0)
        {
            sent.Where(static text => !text.StartsWith("closing", StringComparison.Ordinal)).Should()
                .BeEquivalentTo("re-first", "keyed", "1", "held", "re-second", "re-hello", "late", "2");
        }

        return faults.Writes;
    }

    private static async Task SayAsync(Shop shop, string text)
    {
        await shop.Customer.SaysAsync(text, Shop.Number, Token);
        await SettleAsync(shop);
    }

    private static async Task PassAsync(Shop shop, Duration time)
    {
        await SettleAsync(shop);
        shop.Meta.Clock.Advance(time.ToTimeSpan());
        await SettleAsync(shop);
    }

    /// <summary>Who drains is told when the store fails, and drains again.</summary>
    private static async Task SettleAsync(Shop shop)
    {
        try
        {
            await shop.SettleAsync();
        }
        catch (StoreUnavailableException)
        {
            await shop.SettleAsync();
        }
    }

    /// <returns>What the caller was told last; null when it heard nothing but that the store failed.</returns>
    private static async Task<SendOutcome?> TryAsync(Func<Task<SendOutcome>> send, bool again = false)
    {
        SendOutcome? outcome = null;
        for (var tries = again ? 2 : 1; tries > 0; tries--)
        {
            try
            {
                outcome = await send();
            }
            catch (StoreUnavailableException)
            {
                // A caller who hears of it tries again where that is safe.
            }
        }

        return outcome;
    }

    private static string AnswerTo(WindowClosing alert) => $"closing-{alert.Conversation!.Value.Party}-{alert.Opened.ToUnixTimeSeconds()}";

    private static string ContentOf(LoggedRequest request)
    {
        using var body = JsonDocument.Parse(request.Json);
        return request.Type == "text"
            ? body.RootElement.GetProperty("text").GetProperty("body").GetString()!
            : body.RootElement.GetProperty("template").GetProperty("components")[0].GetProperty("parameters")[0].GetProperty("text").GetString()!;
    }
}
