namespace WhatsSession;

/// <summary>A write that waits for its turn, and the result that its caller waits for.</summary>
/// <remarks>
/// A cancelled write that waits is over at once and never runs. Once it runs, its transaction decides: its caller gets what became of it, and not that it was
/// cancelled. So whoever is told of a cancellation knows that nothing was kept.
/// </remarks>
internal abstract class SqliteWrite
{
    private const int Waiting = 0;
    private const int Running = 1;
    private const int Over = 2;

    private readonly CancellationToken _cancellationToken;
    private CancellationTokenRegistration _registration;
    private int _state = Waiting;

    protected SqliteWrite(bool erases, CancellationToken cancellationToken) => (Erases, _cancellationToken) = (erases, cancellationToken);

    /// <summary>Whether what it deletes shall be unreadable in the log too.</summary>
    public bool Erases { get; }

    public bool IsOver => Volatile.Read(ref _state) == Over;

    /// <summary>Lets its caller give it up from now on.</summary>
    public void Watch()
    {
        if (_cancellationToken.CanBeCanceled)
        {
            _registration = _cancellationToken.UnsafeRegister(static write => ((SqliteWrite)write!).TryCancel(), this);
        }
    }

    /// <summary>Takes it out of its caller's hands.</summary>
    /// <returns>False when there is nothing to run any more.</returns>
    public bool TryBegin()
    {
        if (_cancellationToken.IsCancellationRequested)
        {
            TryCancel();
        }

        return Interlocked.CompareExchange(ref _state, Running, Waiting) == Waiting;
    }

    /// <summary>What it did was taken back: it waits again.</summary>
    public void PutBack() => Volatile.Write(ref _state, Waiting);

    /// <summary>Does it, possibly once more: nothing but the session may know of the first time.</summary>
    public abstract void Run(SqliteSession session);

    /// <summary>It is kept.</summary>
    public void Succeed() => End(exception: null);

    /// <summary>It is not kept, or not as it should be.</summary>
    public void Fail(Exception exception) => End(exception);

    protected abstract void Complete(Exception? exception);

    protected abstract void Cancel(CancellationToken cancellationToken);

    private void End(Exception? exception)
    {
        if (Interlocked.Exchange(ref _state, Over) != Over)
        {
            _registration.Unregister();
            Complete(exception);
        }
    }

    private void TryCancel()
    {
        if (Interlocked.CompareExchange(ref _state, Over, Waiting) == Waiting)
        {
            Cancel(_cancellationToken);
        }
    }
}

/// <summary>A write with a result.</summary>
internal sealed class SqliteWrite<T>(Func<SqliteSession, T> work, bool erases, CancellationToken cancellationToken) : SqliteWrite(erases, cancellationToken)
{
    // What waits for it goes on elsewhere: the thread that writes has other writes to do.
    private readonly TaskCompletionSource<T> _kept = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<SqliteSession, T>? _work = work;
    private T? _result;

    public Task<T> Kept => _kept.Task;

    public override void Run(SqliteSession session) => _result = _work!(session);

    protected override void Complete(Exception? exception)
    {
        if (exception is null)
        {
            _kept.SetResult(_result!);
        }
        else
        {
            _kept.SetException(exception);
        }
    }

    protected override void Cancel(CancellationToken cancellationToken)
    {
        // It may stand in the queue of a store that hangs, and what it holds may be large.
        _work = null;
        _kept.SetCanceled(cancellationToken);
    }
}
