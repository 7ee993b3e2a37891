using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace WhatsSession.Sqlite.Tests;

/// <summary>
/// A statement is prepared once. SQLite prepares it anew, at ten times the cost of many a query, when its plan depends on a value that is bound anew:
/// of a bare <c>LIMIT ?1</c> it does since 3.53.
/// </summary>
[SuppressMessage("Interoperability", "SYSLIB1054", Justification = "Generated marshalling needs unsafe code.")]
[SuppressMessage("Security", "CA5393", Justification = "The library lies beside the tests.")]
public sealed class PreparedOnceTests : IAsyncDisposable
{
    private const int Days = 12;
    private const int TimesPrepared = 5; // SQLITE_STMTSTATUS_REPREPARE: after the first time.

    private readonly StoreFiles _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    [Fact]
    public async Task Statements_OfBusyDays_AreNeverPreparedAnew()
    {
        var path = _files.NewPath();
        await _files.Open(path).OpenAsync(Token); // Makes the tables, which every statement before them would notice.
        var database = new SqliteDatabase(path, TimeSpan.FromSeconds(30));
        await using var store = new SqliteStore(database);
        await BusyDays.LiveThroughAsync(store, Days);

        var written = await database.WriteAsync(static session => Reprepared(session), Token);
        var read = await database.ReadAsync(static session => Reprepared(session), Token);

        written.Statements.Should().BeGreaterThan(60, "the days are to be busy");
        read.Statements.Should().BeGreaterThan(10, "the days are to be busy");
        written.Again.Concat(read.Again).Should().BeEmpty();
    }

    /// <summary>The text of every statement that a session has prepared.</summary>
    internal static List<string> Texts(SqliteSession session)
    {
        var texts = new List<string>();
        for (var statement = NextStatement(session.Handle, 0); statement != 0; statement = NextStatement(session.Handle, statement))
        {
            texts.Add(Marshal.PtrToStringUTF8(TextOf(statement))!);
        }

        return texts;
    }

    /// <summary>How many statements a session has prepared, and the text of each that SQLite prepared anew.</summary>
    private static (int Statements, List<string> Again) Reprepared(SqliteSession session)
    {
        var (statements, again) = (0, new List<string>());
        for (var statement = NextStatement(session.Handle, 0); statement != 0; statement = NextStatement(session.Handle, statement))
        {
            statements++;
            if (StatusOf(statement, TimesPrepared, reset: 0) is > 0 and var times)
            {
                again.Add(FormattableString.Invariant($"{times} times: {Marshal.PtrToStringUTF8(TextOf(statement))}"));
            }
        }

        return (statements, again);
    }

    // SQLitePCLRaw knows statements only when it is told so before the first.
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_next_stmt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern nint NextStatement(sqlite3 connection, nint statement);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_stmt_status")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int StatusOf(nint statement, int figure, int reset);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_sql")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern nint TextOf(nint statement);
}
