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
