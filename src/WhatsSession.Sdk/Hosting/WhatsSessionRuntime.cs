using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using WhatsSession.Accepting;
using WhatsSession.Diagnostics;
using WhatsSession.Handling;
using WhatsSession.Hosting;
using WhatsSession.Options;
using WhatsSession.Storage;
using WhatsSession.TemplateCatalog;
using WhatsSession.Time;

namespace WhatsSession;

/// <summary>The working part of the SDK: accepts webhooks and dispatches events. A host runs it by itself; <see cref="StartAsync(Action{WhatsSessionOptions}, Action{WhatsSessionBuilder}, CancellationToken)"/> runs it without one.</summary>
/// <remarks>Thread safe; a singleton.</remarks>
public sealed class WhatsSessionRuntime : IAsyncDisposable
{
    // What another host put into a shared store is found by looking; a wake-up of our own comes at once.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    // What a timer takes.
    private static readonly TimeSpan LongestBudget = TimeSpan.FromDays(24);

    private readonly IWhatsSessionStore _store;
    private readonly WhatsSessionSettings _settings;
    private readonly WebhookAcceptor _acceptor;
    private readonly EventDispatcher _dispatcher;
    private readonly HealthInspection _health;
    private readonly TemplateReadiness _templates;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    // One wake-up that nobody has seen yet is enough.
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private ServiceProvider? _services;
    private Task _loop = Task.CompletedTask;
    private volatile bool _stopped;
    private Task? _stop;

    internal WhatsSessionRuntime(IWhatsSessionStore store, WhatsSessionSettings settings, WhatsSessionClient client, WebhookAcceptor acceptor, EventDispatcher dispatcher, HealthInspection health, TemplateReadiness templates, TimeProvider clock, ILogger<WhatsSessionRuntime> log)
    {
        _store = store;
        _settings = settings;
        Client = client;
        _acceptor = acceptor;
        _dispatcher = dispatcher;
        _health = health;
        _templates = templates;
        _clock = clock;
        _log = log;
        _acceptor.Due = Wake;
        _dispatcher.Progressed = Wake;
    }

    /// <summary>The client to send with.</summary>
    public WhatsSessionClient Client { get; }

    /// <summary>What survives once a webhook was answered with 200.</summary>
    public StoreDurability Durability => _store.Durability;

    /// <summary>Starts the SDK without a host, as a console application does. Disposing the runtime stops it.</summary>
    /// <param name="configure">The same options as in <c>AddWhatsSession</c>.</param>
    /// <param name="build">The same builder: store, handlers, and through its services the clock and logging.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is wrong; the message names key, value and fix.</exception>
    public static async Task<WhatsSessionRuntime> StartAsync(Action<WhatsSessionOptions> configure, Action<WhatsSessionBuilder> build, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(build);
        var services = new ServiceCollection();
        build(services.AddWhatsSession(configure));
        var provider = services.BuildServiceProvider();
        try
        {
            var runtime = provider.GetRequiredService<WhatsSessionRuntime>();
            await runtime.StartAsync(cancellationToken).ConfigureAwait(false);
            runtime._services = provider;
            return runtime;
        }
        catch
        {
            await provider.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Starts the SDK without a host, in memory and without handlers.</summary>
    /// <param name="configure">The same options as in <c>AddWhatsSession</c>.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is wrong; the message names key, value and fix.</exception>
    public static Task<WhatsSessionRuntime> StartAsync(Action<WhatsSessionOptions> configure, CancellationToken cancellationToken = default) =>
        StartAsync(configure, static _ => { }, cancellationToken);

    /// <summary>Accepts a webhook: checks the signature over the raw body, reads every event and hands them to the store.</summary>
    /// <param name="body">The body exactly as it arrived. Not kept after the call.</param>
    /// <param name="signature">The value of the <c>X-Hub-Signature-256</c> header; null when there was none.</param>
    /// <param name="cancellationToken">Ends the wait; the webhook counts as not accepted.</param>
    /// <returns>The status to answer. Never throws for content.</returns>
    public ValueTask<AcceptResult> AcceptAsync(ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken = default) =>
        _acceptor.AcceptAsync(body, signature, cancellationToken);

    /// <summary>Accepts a webhook whose signature somebody else has checked: a gateway that holds the app secret and passes on only what Meta signed. Whoever else can reach the caller can write as any customer.</summary>
    /// <param name="body">The body. Not kept after the call.</param>
    /// <param name="cancellationToken">Ends the wait; the webhook counts as not accepted.</param>
    /// <returns>The status to answer, never 401. Never throws for content.</returns>
    /// <remarks>Needs no app secret, and takes no heed of <see cref="NumberOptions.App"/>: the gateway knows which app it was.</remarks>
    public ValueTask<AcceptResult> AcceptWithoutVerificationAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) =>
        _acceptor.AcceptWithoutVerificationAsync(body, cancellationToken);

    /// <summary>Answers the request by which Meta verifies an endpoint: compares the token in constant time.</summary>
    /// <param name="mode">The query parameter <c>hub.mode</c>.</param>
    /// <param name="verifyToken">The query parameter <c>hub.verify_token</c>.</param>
    /// <param name="challenge">The query parameter <c>hub.challenge</c>.</param>
    /// <returns>The text to answer with status 200, or null to answer 403.</returns>
    public string? AnswerVerification(string? mode, string? verifyToken, string? challenge)
    {
        var given = Encoding.UTF8.GetBytes(verifyToken ?? "");
        var matches = false;
        foreach (var token in _settings.VerifyTokens)
        {
            matches |= CryptographicOperations.FixedTimeEquals(token, given);
        }

        return matches && mode == "subscribe" ? challenge ?? "" : null;
    }

    /// <summary>Dispatches what is due and waits until nothing is due or in flight: for serverless functions after an acceptance, and for tests.</summary>
    /// <param name="budget">The most time to spend, on the system's clock; more than 24 days is no limit.</param>
    /// <param name="cancellationToken">Ends the wait; handlers that run go on.</param>
    /// <returns>True when everything was done; false when the budget ended first.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public Task<bool> DrainAsync(Duration budget, CancellationToken cancellationToken = default) =>
        DrainAsync(budget > Duration.FromTimeSpan(LongestBudget) ? Timeout.InfiniteTimeSpan : budget.ToTimeSpan(), cancellationToken);

    /// <summary>Dispatches what is due and waits until nothing is due or in flight: for serverless functions after an acceptance, and for tests.</summary>
    /// <param name="budget">The most time to spend, on the system's clock; <see cref="Timeout.InfiniteTimeSpan"/>, or more than 24 days, is no limit.</param>
    /// <param name="cancellationToken">Ends the wait; handlers that run go on.</param>
    /// <returns>True when everything was done; false when the budget ended first.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public async Task<bool> DrainAsync(TimeSpan budget, CancellationToken cancellationToken = default)
    {
        if (budget <= TimeSpan.Zero && budget != Timeout.InfiniteTimeSpan)
        {
            return false;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(budget > LongestBudget ? Timeout.InfiniteTimeSpan : budget);
        try
        {
            return await DrainAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>The events that were set aside because a handler failed five times, or for ten minutes, oldest first.</summary>
    /// <param name="limit">The most events to return: 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<IReadOnlyList<ParkedEvent>> ListParkedAsync(int limit, CancellationToken cancellationToken = default)
    {
        ThrowIfOutOfRange(limit);
        return _store.ListParkedAsync(limit, cancellationToken);
    }

    /// <summary>Lets parked events be handled again, each before what came later in its conversation. Handlers that had completed are not called again.</summary>
    /// <param name="parked">What <see cref="ListParkedAsync"/> returned, or some of it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many were still parked.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public async ValueTask<int> ReplayAsync(IReadOnlyList<ParkedEvent> parked, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parked);
        var replayed = await _store.ReplayAsync(parked, cancellationToken).ConfigureAwait(false);
        Wake();
        return replayed;
    }

    /// <summary>Removes parked events for good, so that no handler sees them again. What they told of their conversations stays.</summary>
    /// <param name="parked">What <see cref="ListParkedAsync"/> returned, or some of it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many were still parked.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<int> DiscardParkedAsync(IReadOnlyList<ParkedEvent> parked, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parked);
        return _store.DiscardAsync(parked, cancellationToken);
    }

    /// <summary>The signed webhooks that could not be read to their end, oldest first. What could be read of them was handled.</summary>
    /// <param name="limit">The most payloads to return: 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<IReadOnlyList<QuarantinedPayload>> ListQuarantinedAsync(int limit, CancellationToken cancellationToken = default)
    {
        ThrowIfOutOfRange(limit);
        return _store.ListQuarantinedAsync(limit, cancellationToken);
    }

    /// <summary>Reads quarantined payloads again with this version, keeps their events as if they had just been delivered, and removes from quarantine what can be read to its end.</summary>
    /// <param name="quarantined">What <see cref="ListQuarantinedAsync"/> returned, or some of it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many left quarantine.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public async ValueTask<int> ReplayQuarantinedAsync(IReadOnlyList<QuarantinedPayload> quarantined, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(quarantined);
        var left = 0;
        foreach (var payload in quarantined)
        {
            left += await _acceptor.ReplayAsync(payload, cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        Wake();
        return left;
    }

    /// <summary>Removes quarantined payloads for good. What could be read of them was handled.</summary>
    /// <param name="quarantined">What <see cref="ListQuarantinedAsync"/> returned, or some of it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many were still in quarantine.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public async ValueTask<int> DiscardQuarantinedAsync(IReadOnlyList<QuarantinedPayload> quarantined, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(quarantined);
        var discarded = 0;
        foreach (var payload in quarantined)
        {
            discarded += await _store.RemoveQuarantinedAsync(payload.Key, cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        return discarded;
    }

    /// <summary>The fallback templates that were claimed more than five minutes ago and of which nothing was heard since: the process ended in between. They are not sent again in their closed window.</summary>
    /// <param name="limit">The most to return: 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<IReadOnlyList<AbandonedFallback>> ListAbandonedFallbacksAsync(int limit, CancellationToken cancellationToken = default)
    {
        ThrowIfOutOfRange(limit);
        return _store.ListAbandonedFallbacksAsync(_clock.GetInstant() - HealthInspection.AbandonedAfter, limit, cancellationToken);
    }

    /// <summary>Looks for what is wrong: whether the store answers, whether events are dispatched, what waits for somebody to look at it, and whether the fallback templates are ready as far as is known. Asks nobody but the store, for at most 5 seconds.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<WhatsSessionHealth> CheckHealthAsync(CancellationToken cancellationToken = default) => _health.InspectAsync(!_stopped && !_loop.IsCompleted, cancellationToken);

    /// <summary>Stops dispatching. Handlers that run may finish until the token is cancelled; then they are cancelled, and their events come again after the restart. Whoever calls again waits for the same stop.
    /// Where nothing outlives the process, what is due is handled before, also until the token is cancelled.</summary>
    internal Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_stopping)
        {
            return _stop ??= StopOnceAsync(cancellationToken);
        }
    }

    /// <summary>Stops dispatching, waits for running handlers (on a store whose <see cref="Durability"/> is <see cref="StoreDurability.Process"/>, for all that is due), and closes what <see cref="StartAsync(Action{WhatsSessionOptions}, Action{WhatsSessionBuilder}, CancellationToken)"/> opened.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        if (Interlocked.Exchange(ref _services, null) is { } services)
        {
            // The provider disposes this runtime in turn; by then there is nothing left to do.
            await services.DisposeAsync().ConfigureAwait(false);
        }

        _stopping.Dispose();
    }

    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        await _store.OpenAsync(cancellationToken).ConfigureAwait(false);
        await _dispatcher.AnnounceAsync(cancellationToken).ConfigureAwait(false);
        await _templates.StartAsync(cancellationToken).ConfigureAwait(false);
        using (ExecutionContext.SuppressFlow())
        {
            // Whatever span the start belongs to, what is dispatched later does not.
            _loop = Task.Run(RunAsync, CancellationToken.None);
        }
    }

    private static void ThrowIfOutOfRange(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        if (_store.Durability == StoreDurability.Process)
        {
            await FinishWhatIsDueAsync(cancellationToken).ConfigureAwait(false);
        }

        _stopped = true;
        try
        {
            await _dispatcher.StopAsync(cancellationToken).ConfigureAwait(false);
            await Task.WhenAll(_dispatcher.InFlight()).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The host's patience has ended.
        }

        await _stopping.CancelAsync().ConfigureAwait(false);

        // What was cut off gives its event back before the store is closed.
        await Task.WhenAll(_dispatcher.InFlight()).WaitAsync(TimeSpan.FromSeconds(2), CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Wake();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>What was acknowledged and is kept in this process alone is handled now or never.</summary>
    private async Task FinishWhatIsDueAsync(CancellationToken cancellationToken)
    {
        try
        {
            await DrainAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The host's patience has ended.
        }
        catch (Exception exception)
        {
            // Without its store there is nothing to finish, but still something to stop.
            _log.DispatchFailed(exception);
        }
    }

    private async Task<bool> DrainAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var ended = _dispatcher.Ended;

            // A round that a slow store holds up goes on without the one who waited for it.
            var round = _dispatcher.RunOnceAsync(_stopping.Token, cancellationToken);
            _ = round.ContinueWith(static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            var found = await round.WaitAsync(cancellationToken).ConfigureAwait(false);
            var running = _dispatcher.InFlight();
            if (running.Length > 0)
            {
                await Task.WhenAny(running).WaitAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            // What ended meanwhile may have held back an event that the round did not see as due.
            if (!found && ended == _dispatcher.Ended)
            {
                // After the stop nothing is claimed, so nothing can be said of what is due.
                return !_stopped;
            }
        }
    }

    private async Task RunAsync()
    {
        using var poll = TimeProvider.System.CreateTimer(static state => ((WhatsSessionRuntime)state!).Wake(), this, PollInterval, PollInterval);

        // Until the end of the stop: what is in flight then is still to be renewed.
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (!await _dispatcher.RunOnceAsync(_stopping.Token, _stopping.Token).ConfigureAwait(false))
                {
                    // Without a token or a time-out, which would cost more than a round: the stop and the timer wake it too.
                    await _wake.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // A store that is away comes back; the loop must be there then.
                _log.DispatchFailed(exception);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Wake() => _wake.Writer.TryWrite(true);
}
