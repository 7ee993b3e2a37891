using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The runs of follow-up sequences.</summary>
internal static class SqliteSequences
{
    /// <summary>Where they stand: <c>day</c> is that as of which a run is kept that has ended, null before.</summary>
    public const string Tables = """

        CREATE TABLE sequence_run (
            id TEXT PRIMARY KEY,
            number TEXT NOT NULL,
            party TEXT NOT NULL,
            sequence TEXT,
            started_at INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            content BLOB NOT NULL,
            day INTEGER
        );
        CREATE INDEX sequence_run_conversation ON sequence_run (number, party, started_at, id);
        CREATE INDEX sequence_run_unfinished ON sequence_run (started_at, id) WHERE day IS NULL;
        CREATE INDEX sequence_run_day ON sequence_run (day) WHERE day IS NOT NULL;
        """;


    private const string Columns = "id, number, party, revision, content";

    /// <inheritdoc cref="ISequenceStore.StartSequenceAsync" />
    public static ValueTask<SequenceRun?> StartAsync(SqliteDatabase database, SequenceRun run, Instant asked, CancellationToken cancellationToken)
    {
        StoreArguments.ThrowIfUnfit(run);
        var content = run.WriteContent();
        return database.WriteAsync(session => Start(session, run, asked, content), cancellationToken);
    }

    /// <inheritdoc cref="ISequenceStore.SaveSequenceAsync" />
    public static ValueTask<bool> SaveAsync(SqliteDatabase database, SequenceRun run, CancellationToken cancellationToken)
    {
        StoreArguments.ThrowIfUnfit(run);
        var content = run.WriteContent();
        return database.WriteAsync(session => Save(session, run, content), cancellationToken);
    }

    /// <summary>Those of a customer under whatever identifier, oldest first.</summary>
    public static ValueTask<IReadOnlyList<SequenceRun>> ListAsync(
        SqliteDatabase database, ConversationKey conversation, SequenceRun? after, int limit, CancellationToken cancellationToken)
    {
        StoreArguments.ThrowIfDefault(conversation);
        return database.ReadAsync<IReadOnlyList<SequenceRun>>(session => List(session, conversation, after, limit), cancellationToken);
    }

    /// <returns>The run itself, or that which was there; null when the customer was erased since it was asked for.</returns>
    private static SequenceRun? Start(SqliteSession session, SequenceRun run, Instant asked, byte[] content)
    {
        var conversation = run.Conversation;
        if (Find(session, run.Id) is { } same)
        {
            return same;
        }

        if (SqliteTombstones.Any(session) && new SqliteTombstones(session).Find(conversation.Number, conversation.Party) >= asked)
        {
            return null;
        }

        if (run.Sequence is not null && FindRunning(session, run) is { } running)
        {
            return running;
        }

        session.Execute(
            """
            INSERT INTO sequence_run (id, number, party, sequence, started_at, revision, content, day) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """,
            run.Id.ToString(),
            conversation.Number.Value,
            conversation.Party,
            run.Sequence,
            run.StartedAt.ToUnixTimeTicks(),
            run.Revision,
            content,
            DayOf(session, run));
        Enqueue(session, run);
        return run;
    }

    /// <returns>Whether the revision before it was there.</returns>
    private static bool Save(SqliteSession session, SequenceRun run, byte[] content)
    {
        var isSaved = session.Execute(
            "UPDATE sequence_run SET revision = ?4, content = ?5, day = ?6 WHERE id = ?1 AND number = ?2 AND party = ?3 AND revision = ?4 - 1",
            run.Id.ToString(),
            run.Conversation.Number.Value,
            run.Conversation.Party,
            run.Revision,
            content,
            DayOf(session, run)) == 1;
        if (isSaved)
        {
            Enqueue(session, run);
        }

        return isSaved;
    }

    public static SequenceRun? Find(SqliteSession session, IntentId id)
    {
        using var reader = session.Read($"SELECT {Columns} FROM sequence_run WHERE id = ?1", id.ToString());
        return reader.Read() ? Restore(reader) : null;
    }

    /// <summary>Those that have not ended, oldest first.</summary>
    public static IReadOnlyList<SequenceRun> List(SqliteSession session, SequenceRun? after, int limit) => ReadAll(session.Read(
        $"""
        SELECT {Columns} FROM sequence_run INDEXED BY sequence_run_unfinished WHERE day IS NULL AND (started_at, id) > (?1, ?2)
        ORDER BY started_at, id LIMIT ?3 + 0
        """,
        after?.StartedAt.ToUnixTimeTicks() ?? long.MinValue,
        after?.Id.ToString() ?? "",
        Math.Max(limit, 0)));

    private static List<SequenceRun> List(SqliteSession session, ConversationKey conversation, SequenceRun? after, int limit) => ReadAll(session.Read(
        SqliteIdentities.Everyone + $"""

        SELECT {Columns} FROM sequence_run INDEXED BY sequence_run_conversation
        WHERE number = ?1 AND party IN (SELECT party FROM everyone) AND (started_at, id) > (?3, ?4)
        AND NOT EXISTS (SELECT 1 FROM hidden WHERE started_at <= until * 10000000) ORDER BY started_at, id LIMIT ?5 + 0
        """,
        conversation.Number.Value,
        conversation.Party,
        after?.StartedAt.ToUnixTimeTicks() ?? long.MinValue,
        after?.Id.ToString() ?? "",
        Math.Max(limit, 0)));

    private static SequenceRun? FindRunning(SqliteSession session, SequenceRun run)
    {
        using var reader = session.Read(
            SqliteIdentities.Everyone + $"""

            SELECT {Columns} FROM sequence_run INDEXED BY sequence_run_conversation
            WHERE number = ?1 AND party IN (SELECT party FROM everyone) AND sequence = ?3 AND day IS NULL
            AND NOT EXISTS (SELECT 1 FROM hidden WHERE started_at <= until * 10000000) ORDER BY started_at, id LIMIT 1
            """,
            run.Conversation.Number.Value,
            run.Conversation.Party,
            run.Sequence);
        return reader.Read() ? Restore(reader) : null;
    }

    private static void Enqueue(SqliteSession session, SequenceRun run)
    {
        if (run.ToWork() is { } work)
        {
            SqliteOutbox.Enqueue(session, work);
        }
    }

    /// <summary>Drops runs that have ended, kept as of a day before this one.</summary>
    public static void Forget(SqliteSession session, long day, int limit) =>
        session.Execute("DELETE FROM sequence_run WHERE id IN (SELECT id FROM sequence_run WHERE day < ?1 LIMIT ?2 + 0)", day, limit);

    /// <summary>The day as of which a run that has ended is kept; null for one that has not.</summary>
    private static long? DayOf(SqliteSession session, SequenceRun run) =>
        run.HasEnded ? Retention.DayOf(Instant.Max(run.EndedAt ?? run.StartedAt, SqliteTime.Read(session))) : null;

    private static List<SequenceRun> ReadAll(SqliteRows found)
    {
        using var reader = found;
        var runs = new List<SequenceRun>();
        while (reader.Read())
        {
            runs.Add(Restore(reader));
        }

        return runs;
    }

    private static SequenceRun Restore(SqliteRows reader) => SequenceRun.Restore(
        IntentId.Parse(reader.GetString(0)),
        ConversationKey.Restore(PhoneNumberId.Parse(reader.GetString(1)), reader.GetString(2)),
        reader.GetInt64(3),
        reader.GetBytes(4).ToArray());
}
