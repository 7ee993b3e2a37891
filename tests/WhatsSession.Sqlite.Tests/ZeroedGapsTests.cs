using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace WhatsSession.Sqlite.Tests;

/// <summary>Files of every kind written with zeroed gaps stay whole, and hold nothing of what was deleted.</summary>
[SuppressMessage("Security", "CA2100", Justification = "Constants of the tests.")]
public sealed class ZeroedGapsTests : IAsyncDisposable
{
    private const int RowsAtMost = 400;

    private readonly StoreFiles _files = new();

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    [Theory]
    [InlineData(512, "NONE", "WAL")]
    [InlineData(512, "FULL", "DELETE")]
    [InlineData(512, "INCREMENTAL", "WAL")]
    [InlineData(512, "INCREMENTAL", "TRUNCATE")]
    [InlineData(1024, "FULL", "WAL")]
    [InlineData(1024, "INCREMENTAL", "DELETE")]
    [InlineData(4096, "NONE", "WAL")]
    [InlineData(4096, "NONE", "DELETE")]
    [InlineData(65536, "NONE", "WAL")]
    public void Write_RandomChanges_FileIsWholeAndHoldsNothingDeleted(int pageSize, string vacuum, string journal)
    {
        var path = _files.NewPath();
        var random = new Random(pageSize + vacuum.Length + journal.Length);
        var kept = new Dictionary<int, string>();
        var deleted = new HashSet<string>(StringComparer.Ordinal);
        using (var connection = Open(path))
        {
            Execute(connection, FormattableString.Invariant($"PRAGMA page_size = {pageSize}; PRAGMA auto_vacuum = {vacuum}; PRAGMA journal_mode = {journal};"));
            Execute(connection, "PRAGMA synchronous = OFF; PRAGMA secure_delete = ON; PRAGMA cache_size = 20; PRAGMA wal_autocheckpoint = 20;");
            Execute(connection, "CREATE TABLE a (id INTEGER PRIMARY KEY, body TEXT NOT NULL); CREATE INDEX ai ON a (body);");
            Execute(connection, "CREATE TABLE b (id INTEGER, body TEXT, PRIMARY KEY (body, id)) WITHOUT ROWID;");
            for (var step = 0; step < 30; step++)
            {
                Execute(connection, "BEGIN IMMEDIATE");
                for (var i = 0; i < 70; i++)
                {
                    Change(connection, random, kept, deleted);
                }

                Execute(connection, "COMMIT");
                if (step % 10 == 9)
                {
                    foreach (var id in kept.Keys.Where(id => random.Next(10) < 8).ToArray())
                    {
                        Delete(connection, id, kept, deleted);
                    }

                    Execute(connection, step == 19 ? "VACUUM" : "PRAGMA incremental_vacuum");
                }

                Query(connection, "PRAGMA quick_check").Should().Be("ok");
            }

            Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }

        using (var other = StoreFiles.Connect(path))
        {
            Query(other, "PRAGMA integrity_check").Should().Be("ok");
            Query(other, "SELECT count(*) FROM a").Should().Be((long)kept.Count);
        }

        var bytes = Encoding.Latin1.GetString(ErasedBytesTests.Read(path));
        deleted.Where(needle => bytes.Contains(needle, StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void Check_SqliteDoesNotKnowTheVfs_SaysWhichLibraryIsNeeded() =>
        FluentActions.Invoking(() => SqliteZeroedGaps.Check("unknown"))
            .Should().Throw<NotSupportedException>().WithMessage("*needs*e_sqlite3*no other bundle*");

    /// <summary>The map of a file with auto_vacuum: a free page, or one of a table, and then what its number looks like.</summary>
    [Theory]
    [InlineData(4096, 2, 0)]
    [InlineData(4096, 5, 65536)]
    [InlineData(512, 5, 1)]
    public void ZeroGap_MapOfPages_StaysAsItIs(int pageSize, byte first, int parent)
    {
        var page = new byte[pageSize];
        for (var i = 0; i + 5 <= page.Length; i += 5)
        {
            page[i] = i == 0 ? first : (byte)5;
            BinaryPrimitives.WriteInt32BigEndian(page.AsSpan(i + 1), i == 0 ? parent : 0xFEFEFE);
        }

        var before = page.ToArray();
        SqliteZeroedGaps.ZeroGap(page, isFirst: false);
        page.Should().Equal(before);
    }

    private static void Change(SqliteConnection connection, Random random, Dictionary<int, string> kept, HashSet<string> deleted)
    {
        var id = random.Next(RowsAtMost);
        if (kept.ContainsKey(id))
        {
            Delete(connection, id, kept, deleted);
        }

        if (random.Next(3) > 0)
        {
            var needle = $"<{Guid.NewGuid():n}>";
            var body = string.Concat(Enumerable.Repeat(needle, random.Next(10) switch { 0 => random.Next(1, 300), < 4 => random.Next(1, 30), _ => 1 }));
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO a VALUES ($id, $body); INSERT INTO b VALUES ($id, $body)";
            insert.Parameters.AddWithValue("$id", id);
            insert.Parameters.AddWithValue("$body", body);
            insert.ExecuteNonQuery();
            kept[id] = needle;
        }
    }

    private static void Delete(SqliteConnection connection, int id, Dictionary<int, string> kept, HashSet<string> deleted)
    {
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"DELETE FROM a WHERE id = {id}; DELETE FROM b WHERE id = {id}"));
        deleted.Add(kept[id]);
        kept.Remove(id);
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Vfs = SqliteZeroedGaps.Vfs, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object? Query(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
