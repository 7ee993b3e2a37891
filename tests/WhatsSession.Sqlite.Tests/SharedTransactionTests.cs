using System.Diagnostics;
using CsCheck;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WhatsSession.Sqlite.Tests;

/// <summary>Writes that wait share a transaction, and none of them can tell.</summary>
public sealed class SharedTransactionTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StoreFiles _files = new();

    private enum Kind
    {
        Fine = 0,
        BreaksARule,
        IsTooBig,
        Throws,
        CancelsItself,
        IsCancelled,
        LosesTheTransaction,
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    [Fact]
    public async Task WriteAsync_ManyThatWait_ShareACommitAndKeepTheirOrder()
    {
        await using var notes = await NoteDatabase.OpenAsync(_files.NewPath());
        var commits = 0;
        await notes.AtCommitAsync(() => Interlocked.Increment(ref commits) & 0);
        var goOn = await notes.HoldAsync();
        var before = Volatile.Read(ref commits);

        var writes = Enumerable.Range(0, 60).Select(i => notes.AddAsync(i)).ToArray();
        await goOn();
        var counts = await Task.WhenAll(writes);

        (commits - before).Should().BeLessThan(30, "each by itself would be 60");
        counts.Should().Equal(Enumerable.Range(1, 60).Select(static count => (long)count), "each saw those before it and none behind it");
        (await notes.ReadAsync()).Should().Equal(Enumerable.Range(0, 60));
    }

    [Fact]
    public async Task WriteAsync_OneCaller_CommitsEach()
    {
        await using var notes = await NoteDatabase.OpenAsync(_files.NewPath());
        var commits = 0;
        await notes.AtCommitAsync(() => Interlocked.Increment(ref commits) & 0);
        var before = commits;
        for (var i = 0; i < 5; i++)
        {
            await notes.AddAsync(i);
        }

        (commits - before).Should().Be(5);
    }

    /// <summary>Whatever becomes of each, at every position: what succeeded is kept, in order, and of what failed there is nothing.</summary>
    [Fact]
    public async Task WriteAsync_AnyFailuresInAnyPlaces_AreTheirOwn()
    {
        await using var notes = await NoteDatabase.OpenAsync(_files.NewPath());
        var next = 0;
        await Gen.Enum<Kind>().Array[1, 12].SampleAsync(
            async kinds =>
            {
                var first = next;
                next += kinds.Length;
                var goOn = await notes.HoldAsync();
                using var cancelled = new CancellationTokenSource();
                var writes = kinds.Select((kind, i) => WriteAsync(notes.Database, kind, first + i, cancelled.Token)).ToArray();
                await cancelled.CancelAsync();
                await goOn();

                for (var i = 0; i < kinds.Length; i++)
                {
                    await ExpectAsync(kinds[i], first + i, writes[i]);
                }

                var kept = (await notes.ReadAsync()).Where(id => id >= first);
                kept.Should().Equal(Enumerable.Range(0, kinds.Length).Where(i => kinds[i] == Kind.Fine).Select(i => first + i));
            },
            iter: 150,
            threads: 1);
    }

    [Fact]
    public async Task WriteAsync_CommitOfManyFails_EachIsTriedByItself()
    {
        await using var notes = await NoteDatabase.OpenAsync(_files.NewPath());
        var commits = -1; // That of the hook itself.
        await notes.AtCommitAsync(() => Interlocked.Increment(ref commits) is 1 or 3 ? 1 : 0);
        var goOn = await notes.HoldAsync();
        var writes = Enumerable.Range(0, 5).Select(i => notes.AddAsync(i)).ToArray();
        await goOn();

        // The first commit is that of all, the third that of the second note.
        for (var i = 0; i < writes.Length; i++)
        {
            if (i == 1)
            {
                await writes[i].Invoking(static write => write).Should().ThrowAsync<InvalidOperationException>();
            }
            else
            {
                await writes[i];
            }
        }

        (await notes.ReadAsync()).Should().Equal(0, 2, 3, 4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task WriteAsync_DiskFullForOneOfMany_KeepsTheOthersAndTellsIt(int position)
    {
        await using var notes = await NoteDatabase.OpenAsync(_files.NewPath(), maximumPages: 150);
        var goOn = await notes.HoldAsync();
        var writes = Enumerable.Range(0, 7).Select(i => notes.AddAsync(i, new string('x', i == position ? 2_000_000 : 1_000))).ToArray();
        await goOn();

        for (var i = 0; i < writes.Length; i++)
        {
            if (i == position)
            {
                (await writes[i].Invoking(static write => write).Should().ThrowAsync<StoreUnavailableException>()).WithMessage("*disk is full*");
            }
            else
            {
                await writes[i];
            }
        }

        (await notes.ReadAsync()).Should().Equal(Enumerable.Range(0, 7).Where(i => i != position));
    }

    [Fact]
    public async Task WriteAsync_DiskFullForAll_EachIsToldAndNothingIsHalfKept()
    {
        await using var notes = await NoteDatabase.OpenAsync(_files.NewPath(), maximumPages: 150);
        var goOn = await notes.HoldAsync();
        var writes = Enumerable.Range(0, 20).Select(i => notes.AddAsync(i, new string('x', 100_000))).ToArray();
        await goOn();

        var results = await Task.WhenAll(writes.Select(static async write =>
        {
            try
            {
                await write;
                return true;
            }
            catch (StoreUnavailableException)
            {
                return false;
            }
        }));
        results.Should().Contain(true).And.Contain(false);
        (await notes.ReadAsync()).Should().Equal(Enumerable.Range(0, 20).Where(i => results[i]));
    }

    [Fact]
    public async Task WriteAsync_CancelledWhileItWaits_IsOverAtOnceAndNeverRuns()
    {
        await using var notes = await NoteDatabase.OpenAsync(_files.NewPath());
        var goOn = await notes.HoldAsync();
        using var cancelled = new CancellationTokenSource();
        var write = notes.Database.WriteAsync(static session => NoteDatabase.Add(session, 1), cancelled.Token).AsTask();
        await cancelled.CancelAsync();

        await write.Invoking(static w => w.WaitAsync(Patience)).Should().ThrowAsync<OperationCanceledException>();
        await goOn();
        (await notes.ReadAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task WriteAsync_CancelledWhileItRuns_IsKeptAndSaysSo()
    {
        await using var notes = await NoteDatabase.OpenAsync(_files.NewPath());
        using var cancelled = new CancellationTokenSource();
        var write = notes.Database.WriteAsync(
            session =>
            {
                NoteDatabase.Add(session, 1);
                cancelled.Cancel();
                return "kept";
            },
            cancelled.Token);

        (await write.AsTask().WaitAsync(Patience, Token)).Should().Be("kept");
        (await notes.ReadAsync()).Should().Equal(1);
    }

    [Fact]
    public async Task WriteAsync_CancelledBefore_DoesNotRun()
    {
        await using var notes = await NoteDatabase.OpenAsync(_files.NewPath());
        var write = async () => await notes.Database.WriteAsync(static session => NoteDatabase.Add(session, 1), new CancellationToken(canceled: true));
        await write.Should().ThrowAsync<OperationCanceledException>();
        (await notes.ReadAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task WriteAsync_AnotherHoldsTheLock_TellsAllThatWaitAtOnce()
    {
        var path = _files.NewPath();
        await using var notes = await NoteDatabase.OpenAsync(path, TimeSpan.FromMilliseconds(500));
        var since = Stopwatch.GetTimestamp();
        await using (var other = StoreFiles.Connect(path))
        await using (var transaction = other.BeginTransaction(deferred: false))
        {
            foreach (var write in Enumerable.Range(0, 40).Select(i => notes.AddAsync(i)).ToArray())
            {
                (await write.Invoking(static w => w).Should().ThrowAsync<StoreUnavailableException>()).WithMessage("*locked*");
            }
        }

        Stopwatch.GetElapsedTime(since).Should().BeLessThan(TimeSpan.FromSeconds(10), "one after the other they would have waited for 20 seconds");
        (await notes.ReadAsync()).Should().BeEmpty();
        await notes.AddAsync(100);
        (await notes.ReadAsync()).Should().Equal(100);
    }

    [Fact]
    public async Task EraseAsync_AmongOthersWhenTheLogCannotBeEmptied_IsToldAloneAndKept()
    {
        var path = _files.NewPath();
        await using var notes = await NoteDatabase.OpenAsync(path, TimeSpan.FromMilliseconds(100));
        await using var reader = StoreFiles.Connect(path);
        await using var reading = reader.BeginTransaction(deferred: true);
        await using (var command = reader.CreateCommand())
        {
            command.CommandText = "SELECT count(*) FROM note";
            await command.ExecuteScalarAsync(Token);
        }

        var goOn = await notes.HoldAsync();
        var before = notes.AddAsync(1);
        var erasure = notes.Database.EraseAsync(static session => NoteDatabase.Add(session, 2), Token).AsTask();
        var after = notes.AddAsync(3);
        await goOn();

        await before;
        (await erasure.Invoking(static e => e).Should().ThrowAsync<StoreUnavailableException>()).WithMessage("*is erased, but can still be read*");
        await after;
        (await notes.ReadAsync()).Should().Equal(1, 2, 3);
    }

    [Fact]
    public async Task DisposeAsync_WritesWait_EndsTheOneThatRunsAndTellsTheOthers()
    {
        var path = _files.NewPath();
        var notes = await NoteDatabase.OpenAsync(path);
        var goOn = await notes.HoldAsync();
        var writes = Enumerable.Range(0, 3).Select(i => notes.AddAsync(i)).ToArray();
        var disposal = notes.DisposeAsync();
        await goOn();
        await disposal.AsTask().WaitAsync(Patience, Token);

        foreach (var write in writes)
        {
            await write.Invoking(static w => w).Should().ThrowAsync<ObjectDisposedException>();
        }

        await notes.Invoking(static n => n.AddAsync(9)).Should().ThrowAsync<ObjectDisposedException>();
        (await StoreFiles.QueryAsync(path, "SELECT count(*) FROM note")).Should().Be(0L);
    }

    private static Task WriteAsync(SqliteDatabase database, Kind kind, int id, CancellationToken cancelled) => database.WriteAsync(
        session =>
        {
            NoteDatabase.Add(session, id);
            switch (kind)
            {
                case Kind.BreaksARule:
                    NoteDatabase.Add(session, id + 1_000_000, text: null);
                    break;
                case Kind.IsTooBig:
                    session.Execute("UPDATE note SET text = zeroblob(2000000000) WHERE id = ?1", id);
                    break;
                case Kind.Throws:
                    throw new FormatException("A value that nobody can read.");
                case Kind.CancelsItself:
                    throw new OperationCanceledException();
                case Kind.LosesTheTransaction:
                    // As SQLite does for some errors of the disk.
                    session.ExecuteScript("ROLLBACK");
                    throw new SqliteException("The disk.", raw.SQLITE_IOERR);
                default:
                    break;
            }
        },
        kind == Kind.IsCancelled ? cancelled : CancellationToken.None).AsTask();

    private static async Task ExpectAsync(Kind kind, int id, Task write)
    {
        var waited = write.WaitAsync(Patience, Token);
        switch (kind)
        {
            case Kind.Fine:
                await waited;
                break;
            case Kind.BreaksARule or Kind.IsTooBig:
                await waited.Invoking(static w => w).Should().ThrowAsync<InvalidOperationException>();
                break;
            case Kind.Throws:
                await waited.Invoking(static w => w).Should().ThrowAsync<FormatException>();
                break;
            case Kind.CancelsItself or Kind.IsCancelled:
                await waited.Invoking(static w => w).Should().ThrowAsync<OperationCanceledException>();
                break;
            default:
                (await waited.Invoking(static w => w).Should().ThrowAsync<StoreUnavailableException>($"of note {id}")).WithMessage("*disk reports an error*");
                break;
        }
    }
}
