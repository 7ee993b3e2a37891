using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using WhatsSession.Accepting;
using WhatsSession.Hosting;

namespace WhatsSession;

/// <summary>
/// The working part of the SDK: accepts webhooks and dispatches events. A host starts and stops it;
/// <see cref="StartAsync(Action{WhatsSessionOptions}, Action{WhatsSessionBuilder}, CancellationToken)"/> runs it without one.
/// </summary>
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

    /// <summary>What is safe from loss when a webhook has been answered with 200.</summary>
    public StoreDurability Durability => _loop.Durability;

    /// <summary>The events that were parked because a handler failed too often.</summary>
    public ParkedEvents Parked { get; }

    /// <summary>The signed webhooks that could not be read completely.</summary>
    public Quarantine Quarantine { get; }

    /// <summary>The fallback templates that were claimed and may never have been sent.</summary>
    public AbandonedFallbacks AbandonedFallbacks { get; }

    /// <summary>The fallback templates that Meta accepted and then refused with a status.</summary>
    public RefusedFallbacks RefusedFallbacks { get; }

    /// <summary>Starts the SDK without a host, as a console application does. Disposing the runtime stops it.</summary>
    /// <param name="configure">The same options as in <c>AddWhatsSession</c>.</param>
    /// <param name="build">
    /// The same builder as there: it sets the store and the handlers, and its services can set the clock and logging. If no logging is set, warnings and
    /// errors are written to the standard error stream.
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
    /// Adds an address at which webhooks arrive, such as the path of an endpoint, to the line that is logged at the start. <c>MapWhatsApp</c> calls it.
    /// </summary>
    /// <param name="address">Returns the address. It is called when the host has started.</param>
    public void NoteEndpoint(Func<string> address)
    {
        ArgumentNullException.ThrowIfNull(address);
        _endpoints.Enqueue(address);
    }

    /// <summary>Accepts a webhook: checks the signature over the raw body, reads all events and stores them.</summary>
    /// <param name="body">The body, exactly as it arrived. It is not used after the call.</param>
    /// <param name="signature">The value of the <c>X-Hub-Signature-256</c> header; null when there was none.</param>
    /// <param name="cancellationToken">Ends the wait. The webhook then counts as not accepted.</param>
    /// <returns>The status to answer. It never throws because of the content.</returns>
    public ValueTask<AcceptResult> AcceptAsync(ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken = default) =>
        _acceptor.AcceptAsync(body, signature, cancellationToken);

    /// <summary>
    /// Accepts a webhook whose signature was already checked by a gateway. The gateway must have the app secret and forward only what Meta signed. Make sure
    /// that nobody else can reach this code: they could write as any customer.
    /// </summary>
    /// <param name="body">The body. It is not used after the call.</param>
    /// <param name="cancellationToken">Ends the wait. The webhook then counts as not accepted.</param>
    /// <returns>The status to answer, never 401. It never throws because of the content.</returns>
    /// <remarks>It needs no app secret and ignores <see cref="NumberOptions.App"/>, because only the gateway knows which app signed the webhook.</remarks>
    public ValueTask<AcceptResult> AcceptWithoutVerificationAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) =>
        _acceptor.AcceptWithoutVerificationAsync(body, cancellationToken);

    /// <summary>Answers the request with which Meta verifies an endpoint. The token is compared in constant time.</summary>
    /// <param name="mode">The query parameter <c>hub.mode</c>.</param>
    /// <param name="verifyToken">The query parameter <c>hub.verify_token</c>.</param>
    /// <param name="challenge">The query parameter <c>hub.challenge</c>.</param>
    /// <returns>The text to answer with status 200, or null to answer 403.</returns>
    public string? AnswerVerification(string? mode, string? verifyToken, string? challenge) => _acceptor.AnswerVerification(mode, verifyToken, challenge);

    /// <summary>
    /// Dispatches events that are due and waits until no event is due or being handled. Use it in a serverless function after it accepted a webhook, and in
    /// tests.
    /// </summary>
    /// <param name="budget">The maximum time to spend, measured by the system's clock. More than 24 days means no limit.</param>
    /// <param name="cancellationToken">Ends the wait. Running handlers continue.</param>
    /// <returns>True when everything was done; false when the budget ended first.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="budget"/> is negative.</exception>
    public Task<bool> DrainAsync(Duration budget, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, Duration.Zero);
        return DrainAsync(budget > Duration.FromTimeSpan(LongestBudget) ? Timeout.InfiniteTimeSpan : budget.ToTimeSpan(), cancellationToken);
    }

    /// <summary>
    /// Dispatches events that are due and waits until no event is due or being handled. Use it in a serverless function after it accepted a webhook, and in
    /// tests.
    /// </summary>
    /// <param name="budget">
    /// The maximum time to spend, measured by the system's clock. <see cref="Timeout.InfiniteTimeSpan"/>, or more than 24 days, means no limit.
    /// </param>
    /// <param name="cancellationToken">Ends the wait. Running handlers continue.</param>
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

    /// <summary>
    /// Checks the runtime: whether the store answers, whether events are dispatched, whether something waits for a person, and whether the fallback templates
    /// are ready as far as is known. It makes no request except to the store, and takes at most 5 seconds.
    /// </summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<WhatsSessionHealth> CheckHealthAsync(CancellationToken cancellationToken = default) => _health.InspectAsync(cancellationToken);

    internal IReadOnlyList<string> ListEndpoints() => [.. _endpoints.Select(static address => address())];

    internal Task StartAsync(CancellationToken cancellationToken) => _loop.StartAsync(cancellationToken);

    internal Task StopAsync(CancellationToken cancellationToken) => _loop.StopAsync(cancellationToken);

    /// <summary>
    /// Stops dispatching and waits for the running handlers. With a store whose <see cref="Durability"/> is <see cref="StoreDurability.Process"/> it waits for
    /// all events that are due. Then it closes what <see cref="StartAsync(Action{WhatsSessionOptions}, Action{WhatsSessionBuilder}, CancellationToken)"/>
    /// opened.
    /// </summary>
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
