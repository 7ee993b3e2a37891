using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>A store that keeps everything in one SQLite file on a local disk, so that it survives a restart.</summary>
/// <remarks>
/// The file is in WAL mode with <c>synchronous = FULL</c> unless <see cref="SqliteStoreOptions.Synchronous"/> says otherwise. Several processes of one host
/// may share it. Writes run in the order in which they arrive. Writes that wait share a transaction, but if one fails, the others do not fail. A write that is
/// cancelled while it waits does not run. A write that is running ignores a cancellation and returns its result. So after an
/// <see cref="OperationCanceledException"/> nothing was stored. Methods throw <see cref="StoreUnavailableException"/> when another process holds the file for
/// longer than <see cref="SqliteStoreOptions.BusyTimeout"/>, the disk is full, or the file was deleted, moved or replaced. The store opens the file at its
/// first use; it must be disposed. <see cref="EraseAsync"/> returns when the files contain no more bytes of the customer. If the bytes cannot be removed,
/// because of a full disk or a process that reads, it also throws <see cref="StoreUnavailableException"/>. The message then says that the erasure itself is
/// stored. In this case every later write, and another call, tries again to remove the bytes.
/// </remarks>
public sealed partial class SqliteStore : IWhatsSessionStore, IAsyncDisposable
{
    private readonly SqliteDatabase _database;
    private readonly string _name = "SQLite";

    // Replaced as a whole: sweeps may overlap.
    private volatile AlertTelling _telling = AlertTelling.None;

    // Whether something waits for a claim, as far as one can tell: this host kept something since the last claim, or that got all it asked for.
    private volatile bool _mayHaveMore;

    /// <summary>Names the file of the store. The file is opened later.</summary>
    /// <param name="path">The path of the file. The file is created if it does not exist; its directory must exist.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, <c>:memory:</c> or a connection string.</exception>
    public SqliteStore(string path)
        : this(new SqliteStoreOptions { Path = path })
    {
    }

    /// <summary>Names the file of the store. The file is opened later.</summary>
    /// <exception cref="ArgumentException">
    /// The path is empty or <c>:memory:</c> or a connection string, the busy timeout is negative or longer than a day, or
    /// <see cref="SqliteStoreOptions.Synchronous"/> is not a value of its type.
    /// </exception>
    public SqliteStore(SqliteStoreOptions options)
        : this(options, maximumPages: null)
    {
    }

    /// <summary>For tests: a limit of pages works like a full disk.</summary>
    internal SqliteStore(SqliteStoreOptions options, int? maximumPages)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfWrong(nameof(options));
        var path = Path.GetFullPath(options.Path);
        _name = $"SQLite file {path}";
        _database = new SqliteDatabase(path, options.BusyTimeout, options.Synchronous, maximumPages);
    }

    /// <summary>For tests: uses a database with changed behaviour.</summary>
    internal SqliteStore(SqliteDatabase database) => _database = database;

    /// <inheritdoc />
    public StoreDurability Durability => StoreDurability.Host;

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">
    /// The file was written by a newer version of this package or by another program, or SQLitePCLRaw uses another library than e_sqlite3.
    /// </exception>
    public ValueTask OpenAsync(CancellationToken cancellationToken = default) => _database.OpenAsync(cancellationToken);

    /// <inheritdoc />
    public ValueTask ProbeAsync(CancellationToken cancellationToken = default) => _database.WriteAsync(SqliteSchema.Probe, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IngestResult> IngestAsync(IngestBatch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);

        // Before the file is locked.
        var plan = IngestPlan.Of(batch);
        var words = plan.Quarantined is { } payload ? QuarantineWords.Of(payload.Payload.Span) : [];
        return _database.WriteAsync(
            session =>
            {
                var result = SqliteIngest.Keep(session, batch, plan, words);
                _mayHaveMore |= result.Dispatched > 0;
                return result;
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<Instant?> ReadTimeAsync(CancellationToken cancellationToken = default) =>
        _database.ReadAsync(
            static session => SqliteTime.Read(session) is var time && time > NodaConstants.UnixEpoch ? time : default(Instant?), cancellationToken);

    /// <inheritdoc />
    public ValueTask<ConversationSnapshot> ReadAsync(ConversationKey conversation, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfDefault(conversation);
        return _database.ReadAsync(session => SqliteConversations.Read(session, conversation), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask JoinAsync(ConversationKey conversation, ConversationState facts, Instant now, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfDefault(conversation);
        return _database.WriteAsync(session => SqliteConversations.Import(session, [(conversation, facts)], now), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask JoinAsync(
        IReadOnlyList<(ConversationKey Conversation, ConversationState Facts)> facts, Instant now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(facts);
        (ConversationKey, ConversationState)[] copy = [.. facts];
        foreach (var (conversation, _) in copy)
        {
            StoreArguments.ThrowIfDefault(conversation);
        }

        return _database.WriteAsync(session => SqliteConversations.Import(session, copy, now), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<LoggedMessage>> ReadLogAsync(
        ConversationKey conversation, Instant? before, int limit, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfDefault(conversation);
        return _database.ReadAsync(session => SqliteLog.Read(session, conversation, before, limit), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<bool> HasNewerInboundAsync(ConversationKey conversation, InboundPoint point, CancellationToken cancellationToken = default) =>
        SqliteNewerInbound.AnyAsync(_database, conversation, point, cancellationToken);

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<ClaimedEvent>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default)
    {
        // A poll that finds nothing takes no lock from the hosts that write. Where there is likely something, to look first costs as much as to take it.
        if (!_mayHaveMore && !await _database.ReadAsync(session => SqliteOutbox.AnyToClaim(session, request), cancellationToken).ConfigureAwait(false))
        {
            return [];
        }

        var claims = await _database.WriteAsync(session => SqliteOutbox.Claim(session, request), cancellationToken).ConfigureAwait(false);
        _mayHaveMore = claims.Count > 0 && claims.Count >= request.Limit;
        return claims;
    }

    /// <inheritdoc />
    public ValueTask<bool> CountTryAsync(ClaimedEvent claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return _database.WriteAsync(session => SqliteOutbox.CountTry(session, claim), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask RenewAsync(IReadOnlyList<ClaimedEvent> claims, Instant until, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfAnyNull(claims, nameof(claims));
        return _database.WriteAsync(session => SqliteOutbox.Renew(session, claims, until), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<bool> MarkHandledAsync(ClaimedEvent claim, string handler, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(handler);
        return _database.WriteAsync(session => SqliteOutbox.MarkHandled(session, claim, handler), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<bool> FinishAsync(ClaimedEvent claim, DispatchResult result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(result);
        return _database.WriteAsync(session => SqliteOutbox.Finish(session, claim, result), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<ClaimedEvent>> CompleteAsync(IReadOnlyList<ClaimedEvent> claims, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfAnyNull(claims, nameof(claims));
        return _database.WriteAsync(session => SqliteOutbox.Complete(session, claims), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<ParkedEvent>> ListParkedAsync(ParkedEvent? after, int limit, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => SqliteParked.List(session, after, limit), cancellationToken);

    /// <inheritdoc />
    public ValueTask<int> ReplayAsync(IReadOnlyList<ParkedEvent> parked, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfAnyNull(parked, nameof(parked));
        return _database.WriteAsync(session => SqliteParked.Replay(session, parked), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<int> DiscardAsync(IReadOnlyList<ParkedEvent> parked, CancellationToken cancellationToken = default)
    {
        StoreArguments.ThrowIfAnyNull(parked, nameof(parked));
        return _database.WriteAsync(session => SqliteParked.Discard(session, parked), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<QuarantinedPayload>> ListQuarantinedAsync(
        QuarantinedPayload? after, int limit, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => SqliteQuarantine.List(session, after, limit), cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> RemoveQuarantinedAsync(EventKey key, CancellationToken cancellationToken = default) =>
        _database.WriteAsync(session => SqliteQuarantine.Remove(session, key), cancellationToken);

    /// <inheritdoc />
    public async ValueTask<int> SweepAsync(AlertSweep sweep, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        var telling = _telling;
        var isToTell = !telling.Covers(sweep);
        if (await _database.ReadAsync((sweep, isToTell), AnyToDo, cancellationToken).ConfigureAwait(false))
        {
            return await SweepNowAsync(sweep, cancellationToken).ConfigureAwait(false);
        }

        _telling = isToTell ? AlertTelling.Of(sweep) : telling;
        return 0;

        static bool AnyToDo(SqliteSession session, (AlertSweep Sweep, bool IsToTell) ask) => SqliteConversations.AnyDue(session, ask.Sweep)
            || (ask.IsToTell && SqliteAlerts.AnyToTell(session, ask.Sweep.Planner.Alerts, ask.Sweep.Now));
    }

    private ValueTask<int> SweepNowAsync(AlertSweep sweep, CancellationToken cancellationToken) =>
        _database.WriteAsync(session => SqliteAlerts.Sweep(session, sweep), cancellationToken);

    /// <summary>Waits for the running transaction and closes the file.</summary>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>What it is and where, for logs.</summary>
    public override string ToString() => _name;
}
