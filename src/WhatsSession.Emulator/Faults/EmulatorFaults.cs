namespace WhatsSession.Emulator;

/// <summary>Switches for faults between Meta and a business. All are off at the start. A change takes effect at once.</summary>
/// <remarks>The switches for webhooks act on webhooks that are made while the switch is on. Thread safe.</remarks>
public sealed class EmulatorFaults
{
    private const int LargestBatch = 1000;

    internal static readonly TimeSpan LargestSkew = TimeSpan.FromDays(366);

    private readonly object _gate = new();
    private TimeSpan _webhookDelay;
    private TimeSpan _responseDelay;
    private TimeSpan _clockSkew;
    private int _webhookBatch = 1;
    private bool _holdWebhooks;
    private ResponseFault _response;
    private NextAnswer _next;
    private int _nextLeft;
    private int _delayed;
    private TaskCompletionSource? _firstDelayed;

    internal EmulatorFaults()
    {
    }

    /// <summary>Called when webhooks are no longer held back.</summary>
    internal Action? OnRelease { get; set; }

    /// <summary>Whether every webhook is delivered once more after it was answered with 200.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool DuplicateWebhooks { get; set; }

    /// <summary>
    /// Whether webhooks are sent in the wrong order: of every two, the first is sent after the second. If no second one follows, it is sent one second later
    /// on the emulator's clock.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool ReorderWebhooks { get; set; }

    /// <summary>Whether webhooks are held back. When you turn it off, they are sent in order.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool HoldWebhooks
    {
        get
        {
            lock (_gate)
            {
                return _holdWebhooks;
            }
        }

        set
        {
            lock (_gate)
            {
                _holdWebhooks = value;
            }

            if (!value)
            {
                OnRelease?.Invoke();
            }
        }
    }

    /// <summary>How much later webhooks are sent, on the emulator's clock.</summary>
    /// <value>Default zero.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public TimeSpan WebhookDelay
    {
        get => Read(ref _webhookDelay);
        set => Write(ref _webhookDelay, NotNegative(value));
    }

    /// <summary>The maximum number of updates in one webhook. Updates that are waiting are sent together.</summary>
    /// <value>Default 1; at most 1,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1 or more than 1,000.</exception>
    public int WebhookBatch
    {
        get => Volatile.Read(ref _webhookBatch);
        set => Volatile.Write(ref _webhookBatch, value is >= 1 and <= LargestBatch
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"A webhook carries 1 to {LargestBatch} updates."));
    }

    /// <summary>Whether webhooks are signed with a wrong secret.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool WrongSignature { get; set; }

    /// <summary>Whether customers' messages have an unknown type, and every webhook has one more change with an unknown field.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool UnknownTypes { get; set; }

    /// <summary>Whether the objects of a webhook have one more, unknown property.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool UnknownFields { get; set; }

    /// <summary>How far Meta's clock is ahead of the emulator's clock: in webhooks, the <c>Date</c> header and the 24-hour rule. Negative: behind.</summary>
    /// <value>Default zero; at most 366 days either way.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is more than 366 days.</exception>
    public TimeSpan ClockSkew
    {
        get => Read(ref _clockSkew);
        set => Write(ref _clockSkew, value >= -LargestSkew && value <= LargestSkew
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Meta's clock is at most 366 days ahead or behind: give a shorter time."));
    }

    /// <summary>What goes wrong with every Graph answer.</summary>
    /// <value>Default <see cref="ResponseFault.None"/>.</value>
    public ResponseFault Response
    {
        get => Read(ref _response);
        set => Write(ref _response, value);
    }

    /// <summary>How long every Graph answer takes, on the emulator's clock.</summary>
    /// <value>Default zero.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public TimeSpan ResponseDelay
    {
        get => Read(ref _responseDelay);
        set => Write(ref _responseDelay, NotNegative(value));
    }

    /// <summary>Makes the next Graph answers fail. After that <see cref="Response"/> applies again.</summary>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="times">With how many answers.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="times"/> is negative.</exception>
    public void FailNext(ResponseFault fault, int times)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        lock (_gate)
        {
            (_next, _nextLeft) = (new(fault, null), times);
        }
    }

    /// <summary>Refuses the next Graph requests with an error of Meta's. Nothing is carried out. After that <see cref="Response"/> applies again.</summary>
    /// <param name="errorCode">The error code, such as 131070; any that Meta has or will have.</param>
    /// <param name="times">How many requests.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="errorCode"/> or <paramref name="times"/> is negative.</exception>
    public void RefuseNext(int errorCode, int times)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(errorCode);
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        lock (_gate)
        {
            (_next, _nextLeft) = (new(ResponseFault.None, errorCode), times);
        }
    }

    /// <summary>Waits until a Graph request is delayed by <see cref="ResponseDelay"/>. After that you can advance a frozen clock.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Completes at once while there is such a request.</returns>
    public Task WaitForDelayedRequestAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_delayed > 0)
            {
                return Task.CompletedTask;
            }

            _firstDelayed ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _firstDelayed.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Turns every switch off and sends the webhooks that were held back.</summary>
    public void Clear()
    {
        DuplicateWebhooks = false;
        ReorderWebhooks = false;
        WrongSignature = false;
        UnknownTypes = false;
        UnknownFields = false;
        WebhookDelay = TimeSpan.Zero;
        ResponseDelay = TimeSpan.Zero;
        ClockSkew = TimeSpan.Zero;
        WebhookBatch = 1;
        Response = ResponseFault.None;
        FailNext(ResponseFault.None, 0);
        HoldWebhooks = false;
    }

    internal NextAnswer TakeResponse()
    {
        lock (_gate)
        {
            if (_nextLeft == 0)
            {
                return new(_response, null);
            }

            _nextLeft--;
            return _next;
        }
    }

    /// <summary>Holds a request up for as long as the switch says.</summary>
    internal ValueTask DelayAsync(TimeProvider clock, CancellationToken cancellationToken) =>
        ResponseDelay is { Ticks: > 0 } delay ? HoldUpAsync(delay, clock, cancellationToken) : default;

    private async ValueTask HoldUpAsync(TimeSpan delay, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Its timer is armed before anyone hears of it.
        var waiting = Task.Delay(delay, clock, cancellationToken);
        TaskCompletionSource? first;
        lock (_gate)
        {
            _delayed++;
            (first, _firstDelayed) = (_firstDelayed, null);
        }

        first?.SetResult();
        try
        {
            await waiting.ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _delayed--;
            }
        }
    }

    private static TimeSpan NotNegative(TimeSpan value) =>
        value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Give zero or a positive time.");

    private T Read<T>(ref T field)
    {
        lock (_gate)
        {
            return field;
        }
    }

    private void Write<T>(ref T field, T value)
    {
        lock (_gate)
        {
            field = value;
        }
    }

    /// <summary>What happens to the answer to one Graph request.</summary>
    /// <param name="Fault">What goes wrong with it.</param>
    /// <param name="ErrorCode">The error that the request is refused with; null for none.</param>
    internal readonly record struct NextAnswer(ResponseFault Fault, int? ErrorCode);
}
