using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace WhatsSession.Testing;

/// <summary>
/// The real SDK with the in-memory store, a clock that stands still until you advance it, and a recorder in place of Meta. No network is used.
/// </summary>
/// <remarks>
/// It has one business number, <c>support</c>; the options may add more. Handlers run as in a program: in order, with filters, retries and services.
/// </remarks>
public sealed class TestWhatsApp : IAsyncDisposable
{
    // On the system's clock: a handler that hangs shall fail its test.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ServiceProvider _services;
    private readonly Recorder _recorder;
    private readonly HandlerFailures _failures;
    private int _isDisposed;

    private TestWhatsApp(ServiceProvider services, FakeTimeProvider clock, Recorder recorder, HandlerFailures failures)
    {
        _services = services;
        _recorder = recorder;
        _failures = failures;
        Clock = clock;
        Runtime = services.GetRequiredService<WhatsSessionRuntime>();
    }

    /// <summary>The app secret of every test.</summary>
    /// <value>test-secret.</value>
    public static string AppSecret => "test-secret";

    /// <summary>The client.</summary>
    public WhatsSessionClient Client => Runtime.Client;

    /// <summary>The runtime: what was parked, and the health.</summary>
    public WhatsSessionRuntime Runtime { get; }

    /// <summary>The services of the test, with everything that was registered.</summary>
    public IServiceProvider Services => _services;

    /// <summary>
    /// The clock of the test. It starts at <see cref="EventOrigin.DefaultTime"/>. <see cref="AdvanceAsync"/> moves it and runs what is then due.
    /// </summary>
    public FakeTimeProvider Clock { get; }

    /// <summary>The time on <see cref="Clock"/>.</summary>
    public Instant Now => Instant.FromDateTimeOffset(Clock.GetUtcNow());

    /// <summary>The conversation of <see cref="EventOrigin.DefaultCustomer"/> with the number <c>support</c>.</summary>
    public Conversation Conversation => Client.Number("support").Conversation(EventOrigin.DefaultCustomer);

    /// <summary>The messages that were posted, in order, including refused ones.</summary>
    public IReadOnlyList<SentMessage> Sent => _recorder.Sent;

    /// <summary>Starts the SDK for a test.</summary>
    /// <param name="build">The handlers and services, as a program registers them.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static Task<TestWhatsApp> StartAsync(Action<WhatsSessionBuilder> build, CancellationToken cancellationToken = default) =>
        StartAsync(static _ => { }, build, cancellationToken);

    /// <summary>Starts the SDK for a test, with options.</summary>
    /// <param name="configure">Changes the options: further numbers, the guard, the fallback.</param>
    /// <param name="build">The handlers and services, as a program registers them.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is wrong; the message names key, value and fix.</exception>
    public static async Task<TestWhatsApp> StartAsync(
        Action<WhatsSessionOptions> configure, Action<WhatsSessionBuilder> build, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentNullException.ThrowIfNull(build);
        var clock = new FakeTimeProvider(EventOrigin.DefaultTime.ToDateTimeOffset());
        var recorder = new Recorder();
        var failures = new HandlerFailures();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        var builder = services.AddWhatsSession(options =>
        {
            options.AppSecret = AppSecret;
            options.Numbers.Add("support", EventOrigin.DefaultNumber.Value, accessToken: "test-token");
            configure(options);
        });
        services.AddHttpClient("WhatsSession").ConfigurePrimaryHttpMessageHandler(() => recorder);
        build(builder);

        // Last, with a rule of its own: what the test does to logging must not make a failure unheard.
        services.AddLogging(logging => logging.AddProvider(failures).AddFilter<HandlerFailures>(category: null, LogLevel.Error));
        var provider = services.BuildServiceProvider();
        try
        {
            var test = new TestWhatsApp(provider, clock, recorder, failures);
            foreach (var service in provider.GetServices<IHostedService>())
            {
                await service.StartAsync(cancellationToken).ConfigureAwait(false);
            }

            return test;
        }
        catch
        {
            await provider.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Receives an event as a webhook and waits until its handlers ran.</summary>
    /// <param name="received">A message of a customer, or a status, such as <see cref="Events"/> makes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HandlerFailedException">A handler failed.</exception>
    /// <exception cref="NotSupportedException">The event is neither a message nor a status.</exception>
    public Task ReceiveAsync(WhatsAppEvent received, CancellationToken cancellationToken = default) =>
        ReceiveAsync(SignedPayload.Of(received, AppSecret), cancellationToken);

    /// <summary>Receives a webhook and waits until the handlers of its events ran.</summary>
    /// <param name="payload">The webhook, signed with <see cref="AppSecret"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HandlerFailedException">A handler failed.</exception>
    /// <exception cref="InvalidOperationException">The webhook was not accepted.</exception>
    public async Task ReceiveAsync(SignedPayload payload, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(payload);
        var result = await Runtime.AcceptAsync(payload.Body, payload.Signature, cancellationToken).ConfigureAwait(false);
        if (result.StatusCode != 200)
        {
            throw new InvalidOperationException(FormattableString.Invariant($"The webhook was answered with {result.StatusCode}."));
        }

        await DrainAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets time pass: alerts become due, windows close, failed events are handled again. Waits until the handlers of all due events ran.</summary>
    /// <param name="by">How long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HandlerFailedException">A handler failed.</exception>
    public async Task AdvanceAsync(TimeSpan by, CancellationToken cancellationToken = default)
    {
        await DrainAsync(cancellationToken).ConfigureAwait(false);
        Clock.Advance(by);
        await DrainAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes Meta refuse the next message that is posted. Call it twice for the next two messages.</summary>
    /// <param name="code">
    /// Meta's code, such as <see cref="GraphErrorCodes.ReEngagementRequired"/>. After a code that allows a retry the SDK waits until <see cref="Clock"/> is
    /// advanced.
    /// </param>
    public void RefuseNext(int code) => _recorder.RefuseNext(code);

    /// <summary>Stops the SDK.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        foreach (var service in _services.GetServices<IHostedService>().Reverse())
        {
            await service.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }

        await _services.DisposeAsync().ConfigureAwait(false);
        _recorder.Dispose();
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        var isDone = await Runtime.DrainAsync(Patience, cancellationToken).ConfigureAwait(false);
        if (_failures.Take() is { } failure)
        {
            throw new HandlerFailedException(failure);
        }

        if (!isDone)
        {
            throw new TimeoutException("The handlers did not end within 30 seconds.");
        }
    }
}
