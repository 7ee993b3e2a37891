using System.Collections.Concurrent;

namespace WhatsSession.StorePromises;

/// <content>Customers who wait for an answer too long.</content>
public abstract partial class EnginePromises
{
    private static readonly Duration Hour = Duration.FromHours(1);

    [Fact]
    public async Task ReplyOverdue_NobodyAnswers_IsToldOnceForEachTime()
    {
        var told = new ConcurrentQueue<ReplyOverdue>();
        await using var shop = await OpenAsync(build: (builder, _) =>
        {
            builder.OnReplyOverdue(Hour, Note(told));
            builder.OnReplyOverdue(TimeSpan.FromHours(4), Note(told));
        });
        await shop.CustomerSaysAsync("Where is it?");
        var since = shop.Now;
        await shop.PassAsync(Duration.FromMinutes(30));
        await shop.CustomerSaysAsync("Hello?");

        await shop.PassAsync(Duration.FromMinutes(30) - Duration.FromSeconds(1));
        told.Should().BeEmpty();
        await shop.PassAsync(Duration.FromSeconds(1));
        await shop.PassAsync(Duration.FromHours(20));

        told.Select(static one => (one.After, one.WaitingSince, one.IsLate)).Should().Equal((Hour, since, false), (Duration.FromHours(4), since, true));
        told.First().LastMessage!.Text.Should().Be("Hello?");
        told.First().TimeLeft.Should().Be(Duration.FromHours(23.5));
    }

    [Fact]
    public async Task ReplyOverdue_AnsweredInTime_IsNotTold()
    {
        var told = new ConcurrentQueue<ReplyOverdue>();
        await using var shop = await OpenAsync(build: (builder, _) => builder.OnReplyOverdue(Hour, Note(told)));
        await shop.CustomerSaysAsync("one");
        await shop.PassAsync(Duration.FromMinutes(59));
        await shop.On(Other(shop)).SendAsync(Hello, Token);
        await shop.PassAsync(Duration.FromMinutes(10));
        await shop.CustomerSaysAsync("two");
        var since = shop.Now;

        await shop.PassAsync(Duration.FromMinutes(59));
        told.Should().BeEmpty();
        await shop.PassAsync(Duration.FromMinutes(1));
        await shop.PassAsync(Duration.FromDays(2));

        told.Should().ContainSingle().Which.WaitingSince.Should().Be(since);
    }

    [Fact]
    public async Task ReplyOverdue_ABotAnswered_IsToldWherePeopleCountAlone()
    {
        var (told, ofPeople) = (new ConcurrentQueue<ReplyOverdue>(), new ConcurrentQueue<ReplyOverdue>());
        await using var shop = await OpenAsync(build: (builder, _) => builder
            .OnMessage<TextReceived>(static (m, ct) => m.ReplyAsync("One moment, please.", ct))
            .OnReplyOverdue(Hour, Note(told))
            .OnReplyOverdue(TimeSpan.FromHours(1), new ReplyOverdueOptions { PeopleOnly = true }, Note(ofPeople)));
        await shop.CustomerSaysAsync();
        await shop.PassAsync(Duration.FromMinutes(30));
        await shop.CustomerSaysAsync();
        await shop.PassAsync(Hour);
        await shop.Conversation.SendAsync(Hello, new SendOptions { By = Author.Person("agent 7") }, Token);
        await shop.PassAsync(Duration.FromDays(1));

        told.Should().BeEmpty();
        ofPeople.Should().ContainSingle().Which.PeopleOnly.Should().BeTrue();
    }

    // The shop opens at 8:00 UTC, and its clock begins at that time of a Monday.
    [Fact]
    public async Task ReplyOverdue_InBusinessHours_WaitsForTheNextOpening()
    {
        var told = new ConcurrentQueue<(Instant At, ReplyOverdue Alert)>();
        var hours = new WeeklyHours("UTC").Open(DayOfWeek.Monday, DayOfWeek.Friday, new TimeOnly(8, 0), new TimeOnly(17, 0));
        await using var shop = await OpenAsync(build: (builder, shop) => builder.OnReplyOverdue(TimeSpan.FromHours(1), new ReplyOverdueOptions { Calendar = hours }, (w, _) =>
        {
            told.Enqueue((shop.Now, w.Message));
            return Task.CompletedTask;
        }));
        await shop.PassAsync(Duration.FromHours(8.5));
        await shop.CustomerSaysAsync();
        for (var i = 0; i < 40; i++)
        {
            await shop.PassAsync(Duration.FromMinutes(30));
        }

        var (at, alert) = told.Should().ContainSingle().Subject;
        at.Should().Be(Shop.Opening + Duration.FromHours(24.5));
        (alert.InBusinessHours, alert.IsLate).Should().Be((true, false));
    }

    // What the store has told is forgotten by then.
    [Fact]
    public async Task ReplyOverdue_CustomerWritesAgainAfterNineDays_IsNotToldAgain()
    {
        var told = new ConcurrentQueue<ReplyOverdue>();
        await using var shop = await OpenAsync(build: (builder, _) => builder.OnReplyOverdue(Hour, Note(told)));
        for (var i = 0; i < 3; i++)
        {
            await shop.CustomerSaysAsync("Thanks!");
            await shop.PassAsync(Duration.FromHours(2));
            await shop.PassAsync(Duration.FromDays(9));
        }

        told.Should().ContainSingle();
    }

    [Fact]
    public async Task ReplyOverdue_HostsDown_IsToldLateWhenTheyAreBack()
    {
        var told = new ConcurrentQueue<ReplyOverdue>();
        var stores = await CreateStoresAsync();
        await using var shop = await Shop.OpenAsync(stores, build: (builder, _) => builder.OnReplyOverdue(Hour, Note(told)));
        await shop.CustomerSaysAsync();
        await shop.RestartAsync(await ReopenStoresAsync(stores), Duration.FromHours(3));
        await shop.SettleAsync();

        told.Should().ContainSingle().Which.IsLate.Should().BeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData((7 * 24 * 3600) + 1)]
    public async Task ReplyOverdue_TimeOutOfRange_FailsTheStartWithTheFix(int seconds) =>
        (await FluentActions.Awaiting(() => OpenAsync(build: (builder, _) => builder.OnReplyOverdue(TimeSpan.FromSeconds(seconds), static (_, _) => Task.CompletedTask)))
            .Should().ThrowAsync<ArgumentOutOfRangeException>()).WithMessage("*at most 7 days, such as 01:00:00*");

    [Fact]
    public async Task ReplyOverdue_TwoCalendarsForOneTime_FailTheStartWithTheFix()
    {
        var (one, other) = (new WeeklyHours("UTC").Open(DayOfWeek.Monday, default, default), new WeeklyHours("UTC"));

        (await FluentActions.Awaiting(() => OpenAsync(build: (builder, _) => builder
                .OnReplyOverdue(TimeSpan.FromHours(1), new ReplyOverdueOptions { Calendar = one }, static (_, _) => Task.CompletedTask)
                .OnReplyOverdue(TimeSpan.FromHours(1), new ReplyOverdueOptions { Calendar = other }, static (_, _) => Task.CompletedTask)))
            .Should().ThrowAsync<Exception>()).WithMessage("*have different calendars*").And.Message.Should().Contain("never opens");
    }

    private static Func<Received<ReplyOverdue>, CancellationToken, Task> Note(ConcurrentQueue<ReplyOverdue> told) => (w, _) =>
    {
        told.Enqueue(w.Message);
        return Task.CompletedTask;
    };
}
