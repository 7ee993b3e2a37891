using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using WhatsSession.Diagnostics;
using WhatsSession.Options;

namespace WhatsSession.TemplateCatalog;

/// <summary>
/// Whether the templates that the options name as fallbacks can be sent: looked up at the start, heard of by webhooks, asked for again every few minutes.
/// </summary>
internal sealed class TemplateReadiness : IDisposable
{
    // Where Meta's webhook goes to another host, or is not subscribed, this is how a change is noticed.
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    // Of sockets, so on the system's clock. The start waits no longer; what comes later is logged then.
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(3);

    // Beyond the deadline, so that the last try can still tell why it failed.
    private static readonly TimeSpan Beyond = TimeSpan.FromSeconds(2);

    private readonly KnownTemplates _known;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly bool _isRequired;
    private readonly TimeSpan _patience;
    private readonly FallbackTemplate[] _fallbacks;
    private readonly ConcurrentDictionary<FallbackTemplate, string> _logged = new();
    private readonly ConcurrentDictionary<FallbackTemplate, string> _unasked = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stopped;
    private Task _refresh = Task.CompletedTask;
    private ITimer? _timer;

    public TemplateReadiness(KnownTemplates known, WhatsSessionSettings settings, TimeProvider clock, ILogger<TemplateReadiness> log)
    {
        _known = known;
        _clock = clock;
        _log = log;
        _stopped = _stopping.Token;
        _isRequired = settings.RequireTemplates;
        _patience = _isRequired ? settings.Deadline + Beyond : StartPatience;
        _fallbacks = [.. settings.ByName.Values.OrderBy(number => number.Name, StringComparer.Ordinal).Select(FallbackTemplate.Of).OfType<FallbackTemplate>()];
    }

    /// <summary>What is wrong with the fallbacks, as far as it is known.</summary>
    public IEnumerable<string> Problems => _fallbacks.Select(ProblemOf).OfType<string>();

    /// <summary>Looks the fallbacks up. Meta's being away, or slow, holds up nothing unless templates are required.</summary>
    /// <exception cref="InvalidOperationException">Templates are required, and one is not ready or could not be looked up.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_fallbacks.Length == 0)
        {
            return;
        }

        foreach (var fallback in _fallbacks.Where(fallback => fallback.Number.Account is null))
        {
            _log.TemplateNotLookedUp(fallback.NotLookedUp($"WhatsSession:Numbers:{fallback.Number.Name}:BusinessAccountId is not set"));
        }

        var failures = new ConcurrentQueue<string>();
        var lookup = LookUpAllAsync(failures);
        _refresh = lookup;
        try
        {
            await lookup.WaitAsync(_patience, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            failures.Enqueue("The fallback templates could not be looked up in time.");
            _log.TemplateNotLookedUp("The fallback templates could not be looked up in time; the start goes on.");
        }

        if (_isRequired && Problems.Concat(failures).ToList() is { Count: > 0 } problems)
        {
            throw new InvalidOperationException("WhatsSession:RequireTemplates is true, and fallback templates are not ready. " + string.Join(' ', problems));
        }

        _timer = _clock.CreateTimer(_ => Refresh(), state: null, Interval, Interval);
    }

    /// <summary>Takes over what a webhook tells. Fails nothing: what cannot be looked up now will be in a few minutes.</summary>
    public async Task NoteAsync(TemplateEvent told, CancellationToken cancellationToken)
    {
        if (told.Account is not { } account)
        {
            return;
        }

        if (_known.Note(account, told)
            && _fallbacks.FirstOrDefault(fallback => fallback.Number.Account == account && fallback.Sample.Name == told.TemplateName) is { } affected)
        {
            await LookUpAsync(affected, failures: null, cancellationToken).ConfigureAwait(false);
        }

        LogNews();
    }

    /// <summary>
    /// What Meta would refuse in a fallback to this party, by what is known of its template; null when nothing is known or nothing is wrong. Makes no request.
    /// </summary>
    public List<Violation>? Check(NumberSettings number, TemplateMessage template, ConversationKey conversation) =>
        number.Account is { } account
            && _known.Find(account, template) is { } definition
            && definition.CheckFor(template, conversation) is { Count: > 0 } violations
            ? [.. violations.Select(static violation => violation with { Path = "orTemplate." + violation.Path })]
            : null;

    /// <summary>The templates that may be sent in a conversation now.</summary>
    public async Task<IReadOnlyList<TemplateDefinition>> ListUsableAsync(
        NumberSettings number, ConversationKey conversation, CancellationToken cancellationToken)
    {
        var account = number.Account
            ?? throw new InvalidOperationException(
                $"The templates of number \"{number.Name}\" cannot be listed: set WhatsSession:Numbers:{number.Name}:BusinessAccountId.");
        var all = await _known.ListAsync(number, account, cancellationToken).ConfigureAwait(false);
        return [.. all.Where(template => template.Status == TemplateStatus.Approved && template.CheckFor(conversation).Count == 0)];
    }

    /// <summary>Asks no more; a request under way is cancelled.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        if (!_stopped.IsCancellationRequested)
        {
            _stopping.Cancel();
            _stopping.Dispose();
        }
    }

    private void Refresh()
    {
        // One at a time: a virtual clock may pass many intervals at once.
        if (_refresh.IsCompleted)
        {
            _refresh = LookUpAllAsync(failures: null);
        }
    }

    private async Task LookUpAllAsync(ConcurrentQueue<string>? failures)
    {
        // One look-up for a template that several numbers of an account share.
        var withAccount = _fallbacks.Where(static fallback => fallback.Number.Account is not null);
        foreach (var shared in withAccount.GroupBy(static fallback => (fallback.Number.Account, fallback.Sample.Name)))
        {
            await LookUpAsync(shared.First(), failures, _stopped).ConfigureAwait(false);
        }

        LogNews();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever keeps Meta from being asked, sending goes on without it.")]
    private async Task LookUpAsync(FallbackTemplate fallback, ConcurrentQueue<string>? failures, CancellationToken cancellationToken)
    {
        try
        {
            await _known.LookUpAsync(fallback.Number, fallback.Number.Account!.Value, fallback.Sample.Name, cancellationToken).ConfigureAwait(false);
            _unasked.TryRemove(fallback, out _);
        }
        catch (Exception exception)
        {
            if (_stopped.IsCancellationRequested)
            {
                return;
            }

            var problem = fallback.NotLookedUp((exception as GraphErrorException)?.Error.ToString() ?? exception.GetType().Name);
            failures?.Enqueue(problem);

            // It is asked for every few minutes: the same answer is no news.
            if (!_unasked.TryGetValue(fallback, out var known) || known != problem)
            {
                _unasked[fallback] = problem;
                _log.TemplateNotLookedUp(problem);
            }
        }
    }

    private string? ProblemOf(FallbackTemplate fallback) =>
        fallback.Number.Account is { } account && _known.Find(account, fallback.Sample.Name) is { } languages ? fallback.ProblemIn(languages) : null;

    /// <summary>Logs each problem when it comes up, not each time it is found.</summary>
    private void LogNews()
    {
        foreach (var fallback in _fallbacks)
        {
            if (ProblemOf(fallback) is not { } problem)
            {
                _logged.TryRemove(fallback, out _);
            }
            else if (!_logged.TryGetValue(fallback, out var known) || known != problem)
            {
                _logged[fallback] = problem;
                _log.TemplateNotReady(problem);
            }
        }
    }
}
