namespace WhatsSession.Benchmarks;

/// <summary>One row of the budgets: an operation of the SDK and the floor it is held against, measured in the same process and run.</summary>
internal abstract class BudgetRow : IAsyncDisposable
{
    /// <summary>The number of the row, with a letter where it has several figures.</summary>
    public abstract string Number { get; }

    public abstract string Name { get; }

    /// <summary>What the floor does.</summary>
    public abstract string Floor { get; }

    /// <summary>The most time, as a multiple of the floor's; infinite where time does not matter.</summary>
    public abstract double TimeBudget { get; }

    /// <summary>The most bytes allocated by one operation, or kept for it; no limit unless overridden.</summary>
    public virtual long ByteBudget => long.MaxValue;

    /// <summary>Whether the operation allocates on threads beside the caller's: then the whole process is counted.</summary>
    public virtual bool CountsWholeProcess => false;

    /// <summary>What the bytes of <see cref="ByteBudget"/> are, after their number; what is written rather than allocated says so.</summary>
    public virtual string ByteUnit => "B";

    /// <summary>What was found beside the figures, after the measurement; null for nothing.</summary>
    public virtual string? Remark => null;

    /// <summary>How many operations make one round: about a millisecond, far above a tick of the clock and below a slice of the scheduler, so that the median round is one that nothing broke into.</summary>
    public abstract int OperationsPerRound { get; }

    /// <summary>How many rounds are measured.</summary>
    public virtual int Rounds => 401;

    /// <summary>After this time no further round begins, once there are <see cref="Measurement.FewestRounds"/>: what is slow shall not hold up the rest.</summary>
    public virtual TimeSpan Patience => TimeSpan.FromSeconds(10);

    /// <summary>How long operation and floor run before. The just-in-time compiler works beside the benchmark and on a busy machine takes seconds to reach its last tier.</summary>
    public virtual TimeSpan WarmUp => TimeSpan.FromSeconds(5);

    /// <summary>How many operations the bytes are counted over.</summary>
    public virtual int CountedOperations => Math.Max(OperationsPerRound, CountsWholeProcess ? 2000 : 100);

    /// <summary>Makes ready; returns why the row cannot be measured here, or null.</summary>
    public virtual ValueTask<string?> PrepareAsync() => new((string?)null);

    /// <summary>Measures the row, by rounds unless overridden.</summary>
    public virtual Task<Measurement> MeasureAsync() => Measurement.TakeAsync(this);

    /// <summary>Does the operation of the SDK so many times.</summary>
    public abstract ValueTask RunAsync(int operations);

    /// <summary>Does the floor so many times.</summary>
    public abstract ValueTask RunFloorAsync(int operations);

    /// <summary>What else could be used for the operation, to be measured for comparison; null for nothing.</summary>
    public virtual string? Peer => null;

    /// <summary>Does the operation of the peer so many times.</summary>
    public virtual ValueTask RunPeerAsync(int operations) => default;

    public virtual ValueTask DisposeAsync() => default;
}
