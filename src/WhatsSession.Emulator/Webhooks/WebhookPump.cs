using WhatsSession.Emulator.Journal;

namespace WhatsSession.Emulator.Webhooks;

/// <summary>Delivers webhooks, those to one target one after the other, and again until they are answered with 200.</summary>
/// <remarks>
/// A failed webhook is tried again at once, then after growing waits on the emulator's clock, for 7 days; others pass it meanwhile.
/// https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview, read 10 March 2026.
/// </remarks>
internal sealed class WebhookPump : IAsyncDisposable
{
    /// <summary>Of what goes into one body; escaping makes it three times as long at most, and Meta's limit is 3 MB.</summary>
    private const int LargestBatch = 1024 * 1024;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(12);
    private static readonly TimeSpan GivesUpAfter = TimeSpan.FromDays(7);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly EmulatorClock _clock;
    private readonly EventJournal _journal;
    private readonly EmulatorFaults _faults;
    private readonly WebhookFaults _delays;
    private readonly WebhookRoutes _routes;
    private readonly WebhookSigner _signer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly object _gate = new();
    private readonly Dictionary<object, WebhookLane> _lanes = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<WebhookItem> _underWay = [];
    private TaskCompletionSource? _idle;
    private volatile bool _disposed;
    private int _waiting;

    public WebhookPump(EmulatorClock clock, EventJournal journal, EmulatorFaults faults, WebhookRoutes routes, string appSecret)
    {
        _clock = clock;
        _journal = journal;
        _faults = faults;
        _routes = routes;
        _signer = new(appSecret);
        _delays = new(clock, faults, Post);
        faults.OnRelease = _delays.Release;
    }

    public int Held => _delays.Held;

    /// <summary>How many failed and wait for their next try.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <returns>
    /// Completes when the webhook has been tried or a fault puts it off, or recorded if
    /// there is no consumer; at once for who is in a consumer, which would wait for itself.
    /// </returns>
    public Task EnqueueAsync(WebhookItem item)
    {
        var tried = item.Tried;
        return Enqueue(item) && !DelegateTarget.IsInside ? tried : Task.CompletedTask;
    }

    /// <summary>As <see cref="EnqueueAsync"/>, for callers who do not wait.</summary>
    /// <returns>Whether there is a consumer.</returns>
    public bool Enqueue(WebhookItem item)
    {
        item.Entry = _journal.Record(item, _clock.GetUtcNow());
        if (_routes.Find(item) is null)
        {
            return false;
        }

        _delays.Take(item);
        return true;
    }

    public Task SettleAsync(CancellationToken cancellationToken)
    {
        if (DelegateTarget.IsInside)
        {
            throw new InvalidOperationException("The consumer of a webhook would wait for itself: settle after it has answered.");
        }

        _clock.CatchUp();
        lock (_gate)
        {
            if (_underWay.Count == 0)
            {
                return Task.CompletedTask;
            }

            _idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Stops. A consumer that ignores its token is left behind.</summary>
    public async ValueTask DisposeAsync()
    {
        Task farewell;
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            farewell = _underWay.Count == 0 ? Task.CompletedTask : _idle.Task;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAny(farewell, Task.Delay(Farewell, TimeProvider.System, CancellationToken.None)).ConfigureAwait(false);
        WebhookItem[] left;
        lock (_gate)
        {
            left = [.. _underWay];
        }

        Leave(left);
        _stopping.Dispose();
    }

    private void Post(IReadOnlyList<WebhookItem> items)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                foreach (var item in items)
                {
                    _underWay.Add(item);
                    LaneOf(item).Due.Enqueue(item);
                }

                StartLanes();
                return;
            }
        }

        foreach (var item in items)
        {
            item.Abandon();
        }
    }

    /// <summary>Runs the lanes where something is due, and forgets those with which everything is over. Under the lock.</summary>
    private void StartLanes()
    {
        foreach (var (key, lane) in _lanes)
        {
            if (lane.IsRunning)
            {
                continue;
            }

            if (lane.Due.Count > 0)
            {
                lane.IsRunning = true;

                // Without the context of who posts: their activity is not the webhook's.
                ThreadPool.UnsafeQueueUserWorkItem(l => _ = RunAsync(l), lane, preferLocal: false);
            }
            else if (lane.Prune() == 0)
            {
                _lanes.Remove(key);
            }
        }
    }

    private WebhookLane LaneOf(WebhookItem item)
    {
        var target = _routes.Find(item);
        object key = target is null ? this : target;
        if (!_lanes.TryGetValue(key, out var lane))
        {
            _lanes[key] = lane = new(target?.Patience ?? Timeout.InfiniteTimeSpan);
        }

        return lane;
    }

    private async Task RunAsync(WebhookLane lane)
    {
        while (TakeBatch(lane) is { Count: > 0 } items)
        {
            var trying = TryAsync(items);
            if (!await EndsInTimeAsync(trying, lane.Patience).ConfigureAwait(false))
            {
                lane.Slow.Add(trying);
            }

            if (lane.Prune() >= WebhookLane.MostSlow)
            {
                await Task.WhenAny(lane.Slow).ConfigureAwait(false);
            }
        }
    }

    private static async ValueTask<bool> EndsInTimeAsync(Task trying, TimeSpan patience)
    {
        try
        {
            await trying.WaitAsync(patience, TimeProvider.System).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <returns>None when the lane is empty: then it stops.</returns>
    private List<WebhookItem> TakeBatch(WebhookLane lane)
    {
        var items = new List<WebhookItem>();
        var most = _faults.WebhookBatch;
        var size = 0;
        lock (_gate)
        {
            while (items.Count < most && size < LargestBatch && lane.Due.TryDequeue(out var item))
            {
                items.Add(item);
                size += item.Size;
            }

            lane.IsRunning = items.Count > 0;
        }

        return items;
    }

    /// <summary>Never throws: whatever happens to one webhook must not end all.</summary>
    private async Task TryAsync(List<WebhookItem> items)
    {
        try
        {
            var stopping = _stopping.Token;
            foreach (var item in items)
            {
                await item.Ready.WaitAsync(stopping).ConfigureAwait(false);
            }

            foreach (var together in items.GroupBy(_routes.Find).Select(static g => (Target: g.Key, Items: g.ToList())).ToList())
            {
                await TryAsync(together.Target, together.Items, stopping).ConfigureAwait(false);
            }

            items.ForEach(static i => i.MarkTried());
        }
        catch (Exception) when (_disposed)
        {
            // What is under way is abandoned.
        }
        catch (Exception)
        {
            foreach (var item in items)
            {
                _journal.Delivered(item.Entry!, null);
                TryLater(item);
                item.MarkTried();
            }
        }
        finally
        {
            Leave(items);
        }
    }

    private async Task TryAsync(IWebhookTarget? target, List<WebhookItem> items, CancellationToken cancellationToken)
    {
        var isFirst = items.Exists(static i => i.FirstTry is null);
        items.ForEach(i => i.FirstTry ??= _clock.GetUtcNow());
        var body = WebhookBody.Compose(items, _faults.UnknownFields, _faults.UnknownTypes);
        if (await DeliverAsync(target, body, items, cancellationToken).ConfigureAwait(false)
            || (isFirst && await DeliverAsync(target, body, items, cancellationToken).ConfigureAwait(false)))
        {
            if (_faults.DuplicateWebhooks)
            {
                await DeliverAsync(target, body, items, cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        items.ForEach(TryLater);
    }

    private void TryLater(WebhookItem item)
    {
        item.NextWait = item.NextWait == TimeSpan.Zero ? FirstWait : TimeSpan.FromTicks(Math.Min(item.NextWait.Ticks * 3, LongestWait.Ticks));
        if (_clock.GetUtcNow() - item.FirstTry + item.NextWait <= GivesUpAfter)
        {
            Interlocked.Increment(ref _waiting);
            _clock.CreateTimer(_ => TryAgain(item), null, item.NextWait, Timeout.InfiniteTimeSpan);
        }
    }

    private void TryAgain(WebhookItem item)
    {
        Interlocked.Decrement(ref _waiting);
        _delays.Post(item);
    }

    private async Task<bool> DeliverAsync(IWebhookTarget? target, byte[] body, List<WebhookItem> items, CancellationToken cancellationToken)
    {
        int? status = null;
        if (target is not null)
        {
            var delivery = new WebhookDelivery { Body = body, Signature = _signer.Sign(body, _faults.WrongSignature) };
            status = await target.DeliverAsync(delivery, cancellationToken).ConfigureAwait(false);
        }

        items.ForEach(i => _journal.Delivered(i.Entry!, status));
        return status == 200;
    }

    private void Leave(IReadOnlyList<WebhookItem> items)
    {
        TaskCompletionSource? idle = null;
        foreach (var item in items)
        {
            item.Abandon();
        }

        bool disposed;
        lock (_gate)
        {
            disposed = _disposed;
            _underWay.ExceptWith(items);
            if (_underWay.Count == 0)
            {
                (idle, _idle) = (_idle, null);
            }
        }

        if (disposed)
        {
            idle?.TrySetCanceled();
        }
        else
        {
            idle?.TrySetResult();
        }
    }
}
