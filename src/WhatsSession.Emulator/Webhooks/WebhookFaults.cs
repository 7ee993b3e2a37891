namespace WhatsSession.Emulator.Webhooks;

/// <summary>Lets the switches act on a new webhook: puts it off, holds it back, or changes its place.</summary>
internal sealed class WebhookFaults(EmulatorClock clock, EmulatorFaults faults, Action<IReadOnlyList<WebhookItem>> post)
{
    private static readonly TimeSpan LongestPair = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly List<WebhookItem> _held = [];
    private WebhookItem? _overtaken;

    public int Held
    {
        get
        {
            lock (_gate)
            {
                return _held.Count;
            }
        }
    }

    public void Take(WebhookItem item)
    {
        if (faults.WebhookDelay is { Ticks: > 0 } delay)
        {
            item.MarkTried();
            clock.CreateTimer(_ => Order(item), null, delay, Timeout.InfiniteTimeSpan);
            return;
        }

        Order(item);
    }

    /// <summary>Posts a webhook, unless all are held back.</summary>
    public void Post(WebhookItem item)
    {
        lock (_gate)
        {
            if (faults.HoldWebhooks)
            {
                _held.Add(item);
                item.MarkTried();
                return;
            }
        }

        post([item]);
    }

    /// <summary>Posts what was held back, all at once, so that a batch takes as many as it may.</summary>
    public void Release()
    {
        lock (_gate)
        {
            post([.. _held]);
            _held.Clear();
        }
    }

    private void Order(WebhookItem item)
    {
        WebhookItem? late;
        lock (_gate)
        {
            late = _overtaken;
            _overtaken = null;
            if (late is null && faults.ReorderWebhooks)
            {
                _overtaken = item;
                item.MarkTried();
                clock.CreateTimer(_ => Overdue(item), null, LongestPair, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        Post(item);
        if (late is not null)
        {
            Post(late);
        }
    }

    private void Overdue(WebhookItem item)
    {
        lock (_gate)
        {
            if (_overtaken != item)
            {
                return;
            }

            _overtaken = null;
        }

        Post(item);
    }
}
