namespace WhatsSession.Emulator.Clock;

/// <summary>Tells those who follow the clock from other processes where it goes, before it goes there. Thread safe.</summary>
/// <remarks>
/// A follower asks for the change after the one it knows, and so says that it has that one. A webhook that a jump sets off is of the future for an
/// application that has not heard of the jump, so a jump over HTTP waits for the followers. They are ahead until it is over: what they ask for meanwhile
/// waits in turn.
/// </remarks>
internal sealed class ClockFeed
{
    /// <summary>A question is answered after so long, though nothing changed.</summary>
    private static readonly TimeSpan LongestQuestion = TimeSpan.FromSeconds(25);

    /// <summary>How long a jump waits for a follower that was there a moment ago.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly EmulatorClock _clock;
    private TaskCompletionSource _changed = New();
    private TaskCompletionSource _caughtUp = New();

    // Null while no jump that followers know of is under way.
    private TaskCompletionSource? _underWay;
    private DateTimeOffset _announced = DateTimeOffset.MinValue;
    private long _change;

    // Followers whose question waits, those that are to ask again, and those of both that a jump waits for.
    private int _asking;
    private int _answered;
    private int _behind;

    public ClockFeed(EmulatorClock clock)
    {
        _clock = clock;
        _caughtUp.SetResult();
        clock.Changing = Announce;
    }

    /// <summary>The present moment.</summary>
    public ClockReading Read()
    {
        lock (_gate)
        {
            return new(Latest(), _clock.Frozen, _change);
        }
    }

    /// <summary>Waits for a change, unless there was one since.</summary>
    /// <param name="known">The change that the follower has; negative for none yet.</param>
    /// <param name="cancellationToken">Ends the wait; the answer is the present moment all the same.</param>
    public async Task<ClockReading> NextAsync(long known, CancellationToken cancellationToken)
    {
        Task changed;
        lock (_gate)
        {
            if (known >= 0 && _answered > 0)
            {
                _answered--;
            }

            if (known != _change)
            {
                _answered++;
                return Read();
            }

            changed = _changed.Task;
            _asking++;
            if (_behind > 0 && --_behind == 0)
            {
                _caughtUp.TrySetResult();
            }
        }

        await changed.WaitAsync(LongestQuestion, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            _asking--;
            _answered += cancellationToken.IsCancellationRequested ? 0 : 1;
            return Read();
        }
    }

    /// <summary>Jumps by a time, after the followers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The clock cannot go there.</exception>
    public async Task JumpAsync(TimeSpan by) => Arrive(await AnnounceAsync(by).ConfigureAwait(false));

    /// <summary>Jumps to an instant, after the followers.</summary>
    public async Task JumpAsync(DateTimeOffset target)
    {
        await AnnounceAsync(target).ConfigureAwait(false);
        Arrive(target);
    }

    /// <summary>Lets a request of a follower wait until the clock is where the follower is: it would get a time from before the jump.</summary>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        Task? underWay;
        lock (_gate)
        {
            underWay = _underWay?.Task;
        }

        if (underWay is not null)
        {
            await underWay.WaitAsync(Patience * 2, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tells the followers of a jump by a time, and waits until they have it.</summary>
    /// <returns>Where the clock is to go.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The clock cannot go there.</exception>
    public async Task<DateTimeOffset> AnnounceAsync(TimeSpan by)
    {
        DateTimeOffset target;
        lock (_gate)
        {
            // From where the last jump leads, which may be under way, so that jumps add up.
            target = EmulatorClock.After(Latest(), by);
            AnnounceJump(target);
        }

        await CaughtUpAsync().ConfigureAwait(false);
        return target;
    }

    /// <summary>Tells the followers of a jump to an instant, and waits until they have it.</summary>
    public Task AnnounceAsync(DateTimeOffset target)
    {
        lock (_gate)
        {
            AnnounceJump(target);
        }

        return CaughtUpAsync();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DateTimeOffset Latest() => _clock.GetUtcNow() is var now && now > _announced ? now : _announced;

    private void AnnounceJump(DateTimeOffset target)
    {
        Announce(target);
        if (_behind > 0 && _announced > _clock.GetUtcNow())
        {
            _underWay ??= New();
        }
    }

    private void Announce(DateTimeOffset? target)
    {
        lock (_gate)
        {
            if (target is { } later)
            {
                if (later <= Latest())
                {
                    return;
                }

                _announced = later;
            }

            _change++;
            _behind = _asking + _answered;
            if (_caughtUp.Task.IsCompleted)
            {
                _caughtUp = New();
            }

            // Whoever waits for the followers of a jump before waits for this one too.
            if (_behind == 0)
            {
                _caughtUp.TrySetResult();
            }

            var changed = _changed;
            _changed = New();
            changed.TrySetResult();
        }
    }

    private void Arrive(DateTimeOffset target)
    {
        try
        {
            _clock.AdvanceTo(target);
        }
        finally
        {
            lock (_gate)
            {
                // Another jump may lead on.
                if (_clock.GetUtcNow() >= _announced)
                {
                    _underWay?.TrySetResult();
                    _underWay = null;
                }
            }
        }
    }

    private async Task CaughtUpAsync()
    {
        Task caughtUp;
        lock (_gate)
        {
            caughtUp = _caughtUp.Task;
        }

        await caughtUp.WaitAsync(Patience, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            if (!caughtUp.IsCompleted)
            {
                // Whoever left between two questions is not waited for again.
                _answered = 0;
            }
        }
    }
}
