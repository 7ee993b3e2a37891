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
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(12);
    private static readonly TimeSpan GivesUpAfter = TimeSpan.FromDays(7);

    private readonly EmulatorClock _clock;
    private readonly EventJournal _journal;
    private readonly byte[] _appSecret;
    private readonly Channel<WebhookItem> _due = Channel.CreateUnbounded<WebhookItem>(new() { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private readonly object _gate = new();
    private readonly Task _running;
    private TaskCompletionSource? _idle;
    private int _underWay;
    private volatile IWebhookTarget? _target;

    public WebhookPump(EmulatorClock clock, EventJournal journal, string appSecret)
    {
        _clock = clock;
        _journal = journal;
        _appSecret = Encoding.UTF8.GetBytes(appSecret);
        _running = Task.Run(RunAsync);
    }

    public IWebhookTarget? Target => _target;

    public void Connect(IWebhookTarget target) => _target = target;

    /// <returns>Completes when the webhook has been tried, or recorded if there is no consumer.</returns>
    public Task EnqueueAsync(WebhookItem item)
    {
        item.Entry = _journal.Record(item, _clock.GetUtcNow());
        if (_target is null)
        {
            return Task.CompletedTask;
        }

        Post(item);
        return item.Tried;
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
            Leave();
        }

        _stopping.Dispose();
    }

    private void Post(WebhookItem item)
    {
        lock (_gate)
        {
            _underWay++;
        }

        if (!_due.Writer.TryWrite(item))
        {
            Leave();
            item.Abandon();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var item in _due.Reader.ReadAllAsync(_stopping.Token).ConfigureAwait(false))
            {
                try
                {
                    await TryItemAsync(item, _stopping.Token).ConfigureAwait(false);
                    item.MarkTried();
                }
                finally
                {
                    item.Abandon();
                    Leave();
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Disposed.
        }
    }

    private async Task TryItemAsync(WebhookItem item, CancellationToken cancellationToken)
    {
        await item.Ready.WaitAsync(cancellationToken).ConfigureAwait(false);
        var isFirst = item.FirstTry is null;
        item.FirstTry ??= _clock.GetUtcNow();
        if (await DeliverAsync(item, cancellationToken).ConfigureAwait(false)
            || (isFirst && await DeliverAsync(item, cancellationToken).ConfigureAwait(false)))
        {
            return;
        }

        item.NextWait = isFirst ? FirstWait : TimeSpan.FromTicks(Math.Min(item.NextWait.Ticks * 3, LongestWait.Ticks));
        if (_clock.GetUtcNow() + item.NextWait - item.FirstTry <= GivesUpAfter)
        {
            _clock.CreateTimer(_ => Post(item), null, item.NextWait, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task<bool> DeliverAsync(WebhookItem item, CancellationToken cancellationToken)
    {
        var signature = "sha256=" + Convert.ToHexString(HMACSHA256.HashData(_appSecret, item.Body)).ToLowerInvariant();
        var status = await _target!.DeliverAsync(new() { Body = item.Body, Signature = signature }, cancellationToken).ConfigureAwait(false);
        item.Entry!.Answered(status);
        return status == 200;
    }

    private void Leave()
    {
        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            if (--_underWay == 0)
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
