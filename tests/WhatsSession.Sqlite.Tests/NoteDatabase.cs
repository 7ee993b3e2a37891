using SQLitePCL;

namespace WhatsSession.Sqlite.Tests;

/// <summary>A store's file with one more table, of notes, and a hand on the thread that writes.</summary>
internal sealed class NoteDatabase(string path, TimeSpan busyTimeout, int? maximumPages = null) : IAsyncDisposable
{
    // So that a fault names its test instead of hanging.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private delegate_commit? _hook;

    public SqliteDatabase Database { get; } = new(path, busyTimeout, maximumPages: maximumPages);

    public static async Task<NoteDatabase> OpenAsync(string path, TimeSpan? busyTimeout = null, int? maximumPages = null)
    {
        var notes = new NoteDatabase(path, busyTimeout ?? TimeSpan.FromSeconds(30), maximumPages);
        await notes.Database.WriteAsync(
            static session => session.ExecuteScript("CREATE TABLE note (position INTEGER PRIMARY KEY, id INTEGER UNIQUE, text TEXT NOT NULL)"),
            CancellationToken.None);
        return notes;
    }

    public static void Add(SqliteSession session, int id, string? text = "") => session.Execute("INSERT INTO note (id, text) VALUES (?1, ?2)", id, text);

    /// <summary>Writes a note.</summary>
    /// <returns>How many notes there are with it.</returns>
    public Task<long> AddAsync(int id, string text = "", CancellationToken cancellationToken = default) => Database.WriteAsync(
        session =>
        {
            Add(session, id, text);
            return Count(session);
        },
        cancellationToken).AsTask().WaitAsync(Patience, CancellationToken.None);

    public static long Count(SqliteSession session)
    {
        using var reader = session.Read("SELECT count(*) FROM note");
        reader.Read();
        return reader.GetInt64(0);
    }

    /// <summary>The ids of the notes that another reader of the file finds, in the order in which they were written.</summary>
    public ValueTask<int[]> ReadAsync() => Database.ReadAsync(
        static session =>
        {
            var ids = new List<int>();
            using var reader = session.Read("SELECT id FROM note ORDER BY position");
            while (reader.Read())
            {
                ids.Add(reader.GetInt32(0));
            }

            return ids.ToArray();
        },
        CancellationToken.None);

    /// <summary>Stops the thread that writes, so that what comes then waits and goes in together.</summary>
    /// <returns>What lets it go on, and returns when it did. The write that held it was in vain, so those that waited begin a transaction.</returns>
    public async Task<Func<Task>> HoldAsync()
    {
        var gate = new ManualResetEventSlim();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var holder = Database.WriteAsync(
            _ =>
            {
                held.TrySetResult();
                gate.Wait(Patience);
                throw new NotSupportedException("holds the others");
            },
            CancellationToken.None).AsTask();
        await held.Task.WaitAsync(Patience);
        return async () =>
        {
            gate.Set();
            await holder.Invoking(static write => write.WaitAsync(Patience)).Should().ThrowAsync<NotSupportedException>();
        };
    }

    /// <summary>Looks at every commit: other than 0 lets it fail. It runs on the thread that writes, as a disk does.</summary>
    public async Task AtCommitAsync(Func<int> hook)
    {
        _hook = _ => hook();
        await Database.WriteAsync(session => raw.sqlite3_commit_hook(session.Handle, _hook, v: null), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
