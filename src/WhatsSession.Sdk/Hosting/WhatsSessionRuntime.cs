using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using WhatsSession.Accepting;
using WhatsSession.Hosting;

namespace WhatsSession;

/// <summary>The working part of the SDK: accepts webhooks and dispatches events. A host runs it by itself;
/// <see cref="StartAsync(Action{WhatsSessionOptions}, Action{WhatsSessionBuilder}, CancellationToken)"/> runs it without one.</summary>
/// <remarks>Thread safe; a singleton.</remarks>
public sealed class WhatsSessionRuntime : IAsyncDisposable
{
    // What a timer takes.
    private static readonly TimeSpan LongestBudget = TimeSpan.FromDays(24);

    private readonly WebhookAcceptor _acceptor;
    private readonly HostLoop _loop;
    private readonly HealthInspection _health;
    private readonly ConcurrentQueue<Func<string>> _endpoints = new();
    private ServiceProvider? _services;

    internal WhatsSessionRuntime(WhatsSessionClient client, WebhookAcceptor acceptor, HostLoop loop, HealthInspection health, SetAside setAside)
    {
        Client = client;
        _acceptor = acceptor;
        _loop = loop;
        _health = health;
        Parked = setAside.Parked;
        Quarantine = setAside.Quarantine;
        AbandonedFallbacks = setAside.AbandonedFallbacks;
        RefusedFallbacks = setAside.RefusedFallbacks;
    }

    /// <summary>The client to send with.</summary>
    public WhatsSessionClient Client { get; }

    /// <summary>What survives once a webhook was answered with 200.</summary>
    public StoreDurability Durability => _loop.Durability;

    /// <summary>The events that were set aside because a handler failed too often.</summary>
    public ParkedEvents Parked { get; }

    /// <summary>The signed webhooks that could not be read to their end.</summary>
    public Quarantine Quarantine { get; }

    /// <summary>The fallback templates that were claimed and may never have been sent.</summary>
    public AbandonedFallbacks AbandonedFallbacks { get; }

    /// <summary>The fallback templates that Meta accepted and then refused by a status.</summary>
    public RefusedFallbacks RefusedFallbacks { get; }

    /// <summary>Starts the SDK without a host, as a console application does. Disposing the runtime stops it.</summary>
    /// <param name="configure">The same options as in <c>AddWhatsSession</c>.</param>
    /// <param name="build">
    /// The same builder: store, handlers, and through its services the clock and logging. Where they name no logging, warnings and errors go to the standard
    /// error stream.
    /// </param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is wrong; the message names key, value and fix.</exception>
    public static async Task<WhatsSessionRuntime> StartAsync(
        Action<WhatsSessionOptions> configure, Action<WhatsSessionBuilder> build, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(build);
        var services = new ServiceCollection();
        build(services.AddWhatsSession(configure));
        StandardErrorLogs.AddIfNoneAreSet(services);
        var provider = services.BuildServiceProvider();
        try
        {
            var runtime = provider.GetRequiredService<WhatsSessionRuntime>();
            await runtime.StartAsync(cancellationToken).ConfigureAwait(false);
            runtime._services = provider;
            provider.GetRequiredService<StartLine>().Write(runtime.ListEndpoints());
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

    /// <summary>
    /// Names a place where webhooks come in, to be told in the line that is logged at the start, such as the path of an endpoint. <c>MapWhatsApp</c> does it.
    /// </summary>
    /// <param name="address">Gives the place; it is asked when the host has started.</param>
    public void NoteEndpoint(Func<string> address)
    {
        ArgumentNullException.ThrowIfNull(address);
        _endpoints.Enqueue(address);
    }

    /// <summary>Accepts a webhook: checks the signature over the raw body, reads every event and hands them to the store.</summary>
    /// <param name="body">The body exactly as it arrived. Not kept after the call.</param>
    /// <param name="signature">The value of the <c>X-Hub-Signature-256</c> header; null when there was none.</param>
    /// <param name="cancellationToken">Ends the wait; the webhook counts as not accepted.</param>
    /// <returns>The status to answer. Never throws for content.</returns>
    public ValueTask<AcceptResult> AcceptAsync(ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken = default) =>
        _acceptor.AcceptAsync(body, signature, cancellationToken);

    /// <summary>
    /// Accepts a webhook whose signature somebody else has checked: a gateway that holds the app secret and passes on only what Meta signed.
    /// Whoever else can reach the caller can write as any customer.
    /// </summary>
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
    public string? AnswerVerification(string? mode, string? verifyToken, string? challenge) => _acceptor.AnswerVerification(mode, verifyToken, challenge);

    /// <summary>Dispatches what is due and waits until nothing is due or in flight: for serverless functions after an acceptance, and for tests.</summary>
    /// <param name="budget">The most time to spend, on the system's clock; more than 24 days is no limit.</param>
    /// <param name="cancellationToken">Ends the wait; handlers that run go on.</param>
    /// <returns>True when everything was done; false when the budget ended first.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="budget"/> is negative.</exception>
    public Task<bool> DrainAsync(Duration budget, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, Duration.Zero);
        return DrainAsync(budget > Duration.FromTimeSpan(LongestBudget) ? Timeout.InfiniteTimeSpan : budget.ToTimeSpan(), cancellationToken);
    }

    /// <summary>Dispatches what is due and waits until nothing is due or in flight: for serverless functions after an acceptance, and for tests.</summary>
    /// <param name="budget">The most time to spend, on the system's clock; <see cref="Timeout.InfiniteTimeSpan"/>, or more than 24 days, is no limit.</param>
    /// <param name="cancellationToken">Ends the wait; handlers that run go on.</param>
    /// <returns>True when everything was done; false when the budget ended first.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="budget"/> is negative.</exception>
    public async Task<bool> DrainAsync(TimeSpan budget, CancellationToken cancellationToken = default)
    {
        if (budget != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(budget, TimeSpan.Zero);
        }

        if (budget == TimeSpan.Zero)
        {
            return false;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(budget > LongestBudget ? Timeout.InfiniteTimeSpan : budget);
        try
        {
            return await _loop.DrainAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Looks for what is wrong: whether the store answers, whether events are dispatched, what waits for somebody to look at it,
    /// and whether the fallback templates are ready as far as is known.
    /// Asks nobody but the store, for at most 5 seconds.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<WhatsSessionHealth> CheckHealthAsync(CancellationToken cancellationToken = default) => _health.InspectAsync(cancellationToken);

    internal IReadOnlyList<string> ListEndpoints() => [.. _endpoints.Select(static address => address())];

    internal Task StartAsync(CancellationToken cancellationToken) => _loop.StartAsync(cancellationToken);

    internal Task StopAsync(CancellationToken cancellationToken) => _loop.StopAsync(cancellationToken);

    /// <summary>Stops dispatching, waits for running handlers (on a store whose <see cref="Durability"/> is <see cref="StoreDurability.Process"/>,
    /// for all that is due),
    /// and closes what <see cref="StartAsync(Action{WhatsSessionOptions}, Action{WhatsSessionBuilder}, CancellationToken)"/> opened.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        if (Interlocked.Exchange(ref _services, null) is { } services)
        {
            // The provider disposes this runtime in turn; by then there is nothing left to do.
            await services.DisposeAsync().ConfigureAwait(false);
        }
    }
}
