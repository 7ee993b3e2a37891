using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;

namespace WhatsSession.Emulator;

/// <summary>Delivers webhooks one after the other, and again until they are answered with 200.</summary>
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

    private readonly EmulatorClock _clock;
    private readonly EventJournal _journal;
    private readonly EmulatorFaults _faults;
    private readonly WebhookFaults _delays;
    private readonly IncrementalHash _hmac;
    private readonly Channel<WebhookItem> _due = Channel.CreateUnbounded<WebhookItem>(new() { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private readonly object _gate = new();
    private readonly Task _running;
    private TaskCompletionSource? _idle;
    private int _underWay;

    public WebhookPump(EmulatorClock clock, EventJournal journal, string appSecret)
    {
        _clock = clock;
        _journal = journal;
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(appSecret));
        _faults = new(() => _delays?.Release());
        _delays = new(clock, _faults, Post);
        _running = Task.Run(RunAsync);
    }

    public EmulatorFaults Faults => _faults;

    public WebhookRoutes Routes { get; } = new();

    public int Held => _delays.Held;

    /// <returns>Completes when the webhook has been tried or a fault puts it off, or recorded if there is no consumer.</returns>
    public Task EnqueueAsync(WebhookItem item)
    {
        var tried = item.Tried;
        return Enqueue(item) ? tried : Task.CompletedTask;
    }

    /// <summary>As <see cref="EnqueueAsync"/>, for callers who do not wait.</summary>
    /// <returns>Whether there is a consumer.</returns>
    public bool Enqueue(WebhookItem item)
    {
        item.Entry = _journal.Record(item, _clock.GetUtcNow());
        if (Routes.Find(item) is null)
        {
            return false;
        }

        _delays.Take(item);
        return true;
    }

    public Task SettleAsync(CancellationToken cancellationToken)
    {
        _clock.CatchUp();
        lock (_gate)
        {
            if (_underWay == 0)
            {
                return Task.CompletedTask;
            }

            _idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _due.Writer.TryComplete();
        await _running.ConfigureAwait(false);
        while (_due.Reader.TryRead(out var item))
        {
            item.Abandon();
            Leave(1);
        }

        _hmac.Dispose();
        _stopping.Dispose();
    }

    private void Post(IReadOnlyList<WebhookItem> items)
    {
        var refused = new List<WebhookItem>();
        lock (_gate)
        {
            _underWay += items.Count;
            refused.AddRange(items.Where(item => !_due.Writer.TryWrite(item)));
        }

        if (refused.Count > 0)
        {
            Leave(refused.Count);
            refused.ForEach(static item => item.Abandon());
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (await _due.Reader.WaitToReadAsync(_stopping.Token).ConfigureAwait(false))
            {
                var items = TakeBatch();
                try
                {
                    await TryAsync(items, _stopping.Token).ConfigureAwait(false);
                    items.ForEach(static i => i.MarkTried());
                }
                finally
                {
                    items.ForEach(static i => i.Abandon());
                    Leave(items.Count);
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Disposed.
        }
    }

    private List<WebhookItem> TakeBatch()
    {
        var items = new List<WebhookItem>();
        var most = _faults.WebhookBatch;
        var size = 0;
        lock (_gate)
        {
            while (items.Count < most && size < LargestBatch && _due.Reader.TryRead(out var item))
            {
                items.Add(item);
                size += item.Size;
            }
        }

        return items;
    }

    private async Task TryAsync(List<WebhookItem> items, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            await item.Ready.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        if (items.Count == 1)
        {
            await TryAsync(Routes.Find(items[0]), items, cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var together in items.GroupBy(Routes.Find))
        {
            await TryAsync(together.Key, [.. together], cancellationToken).ConfigureAwait(false);
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
        if (_clock.GetUtcNow() + item.NextWait - item.FirstTry <= GivesUpAfter)
        {
            _clock.CreateTimer(_ => _delays.Post(item), null, item.NextWait, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task<bool> DeliverAsync(IWebhookTarget? target, byte[] body, List<WebhookItem> items, CancellationToken cancellationToken)
    {
        var status = target is null ? null : await target.DeliverAsync(new() { Body = body, Signature = Sign(body) }, cancellationToken).ConfigureAwait(false);
        items.ForEach(i => i.Entry!.Answered(status));
        return status == 200;
    }

    private string Sign(byte[] body)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _hmac.AppendData(body);
        _hmac.GetHashAndReset(hash);
        if (_faults.WrongSignature)
        {
            hash[0] ^= 0xFF;
        }

        const string prefix = "sha256=";
        Span<char> signature = stackalloc char[prefix.Length + (2 * HMACSHA256.HashSizeInBytes)];
        prefix.CopyTo(signature);
        for (var i = 0; i < hash.Length; i++)
        {
            hash[i].TryFormat(signature[(prefix.Length + (2 * i))..], out _, "x2", CultureInfo.InvariantCulture);
        }

        return new(signature);
    }

    private void Leave(int count)
    {
        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            _underWay -= count;
            if (_underWay == 0)
            {
                (idle, _idle) = (_idle, null);
            }
        }

        if (_stopping.IsCancellationRequested)
        {
            idle?.TrySetCanceled();
        }
        else
        {
            idle?.TrySetResult();
        }
    }
}
