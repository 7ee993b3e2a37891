using System.Collections.Concurrent;
using WhatsSession.Handling;

namespace WhatsSession.Sdk.Tests.Handling;

/// <summary>Handlers that block their thread block none of those that answer webhooks.</summary>
[WithoutEmulator("No request.")]
public sealed class BlockingHandlerTests
{
    [Fact]
    public async Task Handle_PartBeforeTheFirstWait_RunsOnNoThreadOfThePool()
    {
        var threads = new ConcurrentQueue<bool>();
        await using var scene = await Scene.StartAsync(builder => builder
            .OnMessage<TextReceived>(async (_, _) =>
            {
                threads.Enqueue(Thread.CurrentThread.IsThreadPoolThread);
                await Task.Yield();
                threads.Enqueue(Thread.CurrentThread.IsThreadPoolThread);
            })
            .AddHandler<Handler>()
            .OnMessage<TextReceived>(Handler.Note));
        await scene.ReceiveTextAsync();

        await scene.DrainAsync();

        threads.Should().Equal(false, true);
        Handler.Threads.Should().Equal(false, false);
    }

    [Fact]
    public async Task Handle_ManyBlock_WebhooksAreTakenInAllTheSame()
    {
        const int Blocking = 100;
        using var gate = new ManualResetEventSlim();
        var started = 0;
        var allStarted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var scene = await Scene.StartAsync(
            builder => builder.OnMessage<TextReceived>((_, cancellationToken) =>
            {
                if (Interlocked.Increment(ref started) == Blocking)
                {
                    allStarted.SetResult();
                }

                gate.Wait(cancellationToken);
                return Task.CompletedTask;
            }),
            options => options.Dispatch.MaxConcurrency = 1024);
        try
        {
            for (var i = 0; i < Blocking; i++)
            {
                await scene.ReceiveTextAsync(from: $"1555000{i:0000}").InTimeAsync();
            }

            // At once: the pool would come to so many threads in most of a minute.
            await allStarted.Task.WaitAsync(TimeSpan.FromSeconds(15), TimeProvider.System);
            await scene.ReceiveTextAsync(from: "15550009999").InTimeAsync();
        }
        finally
        {
            gate.Set();
        }

        await scene.DrainAsync();
        started.Should().Be(Blocking + 1);
    }

    [Fact]
    public async Task Filter_WithCodeOfTheApplication_RunsOnNoThreadOfThePool()
    {
        var threads = new ConcurrentQueue<bool>();
        var calls = 0;
        var filter = MessageFilter.TextContains("hello") & !MessageFilter.Where(_ =>
        {
            threads.Enqueue(Thread.CurrentThread.IsThreadPoolThread);
            return false;
        });
        await using var scene = await Scene.StartAsync(builder => builder
            .OnMessage<TextReceived>(filter, (_, _) => Count())
            .OnAnyMessage(filter | MessageFilter.Button("yes"), (_, _) => Count())
            .OnMessage<ImageReceived>(filter, (_, _) => Count()));
        await scene.ReceiveTextAsync();

        await scene.DrainAsync();

        threads.Should().Equal(false, false);
        calls.Should().Be(2);

        Task Count()
        {
            calls++;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public void MayBlock_OfFilters_IsTrueOfCodeAndPatterns()
    {
        var code = MessageFilter.Where(static _ => true);
        MessageFilter[] quick = [MessageFilter.TextEquals("a"), MessageFilter.TextContains("a"), MessageFilter.Button("a"), MessageFilter.ListRow("a"), MessageFilter.Number("a")];
        MessageFilter[] slow = [code, MessageFilter.TextMatches("a"), MessageFilter.TextMatches(new System.Text.RegularExpressions.Regex("a", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1))), !code, code & quick[0], quick[0] & code, code | quick[0], quick[0] | code];

        quick.Should().OnlyContain(static filter => !filter.MayBlock);
        slow.Should().OnlyContain(static filter => filter.MayBlock);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Handle_BlocksForEver_IsToldOnceAndShownByTheHealthUntilItEnds(bool inFilter)
    {
        using var gate = new ManualResetEventSlim();
        var calls = 0;
        bool Block()
        {
            Interlocked.Increment(ref calls);
            gate.Wait(TestContext.Current.CancellationToken);
            return true;
        }

        await using var scene = await Scene.StartAsync(
            builder => builder.OnMessage<TextReceived>("blocks", inFilter ? MessageFilter.Where(_ => Block()) : MessageFilter.TextContains("h"), (_, _) =>
            {
                _ = inFilter || Block();
                return Task.CompletedTask;
            }),
            static options => options.Dispatch.HandlerTimeout = TimeSpan.FromSeconds(1));
        try
        {
            await scene.ReceiveTextAsync(from: "15550000001");
            await scene.ReceiveTextAsync(from: "15550000002");
            await scene.DrainAsync();

            WarningsOf(scene).Should().ContainSingle().Which.Should().Contain("blocks");
            (await ProblemsAsync(scene)).Should().ContainSingle().Which.Should().Contain("\"blocks\" has 2");
            calls.Should().Be(2);
        }
        finally
        {
            gate.Set();
        }

        while ((await ProblemsAsync(scene)).Count > 0)
        {
            await Task.Yield();
        }

        // The tries find the runs of before at their end.
        await scene.AdvanceAsync(TimeSpan.FromSeconds(1));
        calls.Should().BeLessThanOrEqualTo(4);
        (await scene.Runtime.Parked.ListAsync(10)).Should().BeEmpty();
    }

    [Fact]
    public async Task Handle_TooManyRunsBlockForEver_IsNotCalledAndOthersGoOn()
    {
        using var gate = new ManualResetEventSlim();
        int blocking = 0, others = 0;
        await using var scene = await Scene.StartAsync(
            builder => builder
                .OnMessage<TextReceived>("blocks", (_, _) =>
                {
                    Interlocked.Increment(ref blocking);
                    gate.Wait(TestContext.Current.CancellationToken);
                    return Task.CompletedTask;
                })
                .OnMessage<TextReceived>("other", (_, _) =>
                {
                    Interlocked.Increment(ref others);
                    return Task.CompletedTask;
                }),
            static options => (options.Dispatch.MaxConcurrency, options.Dispatch.HandlerTimeout) = (1024, TimeSpan.FromSeconds(1)));
        try
        {
            for (var i = 0; i < RunsLeftBehind.Most; i++)
            {
                await scene.ReceiveTextAsync(from: $"1555000{i:0000}");
            }

            await scene.DrainAsync();
            (blocking, others).Should().Be((RunsLeftBehind.Most, RunsLeftBehind.Most));
            await scene.ReceiveTextAsync(from: "15550009999");
            await scene.DrainAsync();

            (blocking, others).Should().Be((RunsLeftBehind.Most, RunsLeftBehind.Most + 1), "it has no more threads, and takes none of the others' time");
            WarningsOf(scene).Should().HaveCount(2);
        }
        finally
        {
            gate.Set();
        }

        while ((await ProblemsAsync(scene)).Count > 0)
        {
            await Task.Yield();
        }

        await scene.AdvanceAsync(TimeSpan.FromSeconds(1));
        blocking.Should().BeGreaterThan(RunsLeftBehind.Most, "it is called again");
        (await scene.Runtime.Parked.ListAsync(10)).Should().BeEmpty();
    }

    private static IReadOnlyList<string> WarningsOf(Scene scene) =>
        [.. scene.Logs.GetSnapshot().Where(static record => record.Id.Name == "HandlerLeftBehind").Select(static record => record.Message)];

    private static async Task<IReadOnlyList<string>> ProblemsAsync(Scene scene) =>
        [.. (await scene.Runtime.CheckHealthAsync()).Problems.Where(static problem => problem.Kind == HealthProblemKind.HandlersLeftBehind).Select(static problem => problem.Description)];

    [Fact]
    public async Task RunAsync_OneAfterTheOther_NeedsOneThread()
    {
        var threads = new HandlerThreads();
        var ids = new HashSet<int>();
        for (var i = 0; i < 50; i++)
        {
            ids.Add(await threads.RunAsync(() => Task.FromResult(Environment.CurrentManagedThreadId)).InTimeAsync());
            await Task.Yield();
        }

        // The one may not be back when the next comes.
        ids.Should().HaveCountLessThan(10);
    }

    /// <summary>Work that comes from many sides while threads look for some, sleep or block: none of it is left lying.</summary>
    [Fact]
    public async Task RunAsync_ManyAtOnceFromManySides_AllRun()
    {
        const int Sides = 8;
        const int Each = 3000;
        var threads = new HandlerThreads();
        var ran = 0;
        async Task SideAsync(int side)
        {
            var random = new Random(side);
            for (var i = 0; i < Each; i++)
            {
                var works = Enumerable.Range(0, random.Next(1, 4)).Select(_ => threads.RunAsync(() => Task.FromResult(Interlocked.Increment(ref ran))));
                await Task.WhenAll(works);
                if (random.Next(4) == 0)
                {
                    // Its thread blocks until another has run the rest.
                    await threads.RunAsync(() => Task.FromResult(threads.RunAsync(() => Task.FromResult(0)).Wait(TimeSpan.FromSeconds(20)))).InTimeAsync();
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Sides).Select(side => Task.Run(() => SideAsync(side)))).WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);

        ran.Should().BeGreaterThanOrEqualTo(Sides * Each);
    }

    [Fact]
    public async Task RunAsync_CodeThatThrowsOrIsCancelled_FailsItsTaskAlone()
    {
        var threads = new HandlerThreads();
        await threads.Awaiting(t => t.RunAsync<int>(() => throw new FormatException("mine"))).Should().ThrowAsync<FormatException>();
        await threads.Awaiting(t => t.RunAsync<int>(() => Task.FromCanceled<int>(new CancellationToken(canceled: true)))).Should().ThrowAsync<OperationCanceledException>();

        (await threads.RunAsync(() => Task.FromResult(7)).InTimeAsync()).Should().Be(7);
    }

    private sealed class Handler : IHandle<TextReceived>
    {
        public static ConcurrentQueue<bool> Threads { get; } = [];

        public static Task Note(Received<TextReceived> received, CancellationToken cancellationToken)
        {
            Threads.Enqueue(Thread.CurrentThread.IsThreadPoolThread);
            return Task.CompletedTask;
        }

        public Task HandleAsync(Received<TextReceived> received, CancellationToken cancellationToken = default) => Note(received, cancellationToken);
    }
}
