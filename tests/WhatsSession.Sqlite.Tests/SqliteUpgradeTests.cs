using WhatsSession.Storage;

namespace WhatsSession.Sqlite.Tests;

/// <summary>A file takes each step once, whichever version it is of. There is one schema so far, so the second step is invented here.</summary>
public sealed class SqliteUpgradeTests : IAsyncDisposable
{
    private const string Tables = "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_schema ORDER BY type, name)";

    private static readonly Action<SqliteSession> First = static session => session.ExecuteScript("CREATE TABLE first (id INTEGER PRIMARY KEY); INSERT INTO first VALUES (1);");
    private static readonly Action<SqliteSession> Second = static session => session.ExecuteScript("ALTER TABLE first ADD COLUMN told TEXT NOT NULL DEFAULT 'kept';");

    private readonly StoreFiles _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    [Fact]
    public async Task Prepare_FileOfAnEarlierVersion_TakesTheStepsItLacks()
    {
        var (old, fresh) = (_files.NewPath(), _files.NewPath());
        Prepare(old, First);
        Prepare(old, First, Second);
        Prepare(fresh, First, Second);
        (await StoreFiles.QueryAsync(old, Tables)).Should().Be(await StoreFiles.QueryAsync(fresh, Tables));
        (await StoreFiles.QueryAsync(old, "PRAGMA user_version")).Should().Be(2L);
        (await StoreFiles.QueryAsync(old, "SELECT told FROM first")).Should().Be("kept");
    }

    [Fact]
    public async Task Prepare_FileOfThisVersion_ChangesNothing()
    {
        var path = _files.NewPath();
        Prepare(path, First, Second);
        Prepare(path, First, Second);
        (await StoreFiles.QueryAsync(path, "SELECT count(*) FROM first")).Should().Be(1L);
    }

    [Fact]
    public async Task Prepare_StepThatFails_LeavesTheFileAsItWas()
    {
        var path = _files.NewPath();
        Prepare(path, First);
        var prepare = () => Prepare(path, First, Second, static _ => throw new InvalidOperationException());
        prepare.Should().Throw<InvalidOperationException>();
        (await StoreFiles.QueryAsync(path, "PRAGMA user_version")).Should().Be(1L);
        (await StoreFiles.QueryAsync(path, "SELECT count(*) FROM pragma_table_info('first')")).Should().Be(1L);
    }

    [Fact]
    public async Task OpenAsync_NewFile_HasASecretOfItsOwn()
    {
        var path = _files.NewPath();
        await _files.Open(path).OpenAsync(Token);
        (await StoreFiles.QueryAsync(path, "SELECT length(value) FROM secret")).Should().Be((long)Tombstone.SecretLength);
    }

    private static void Prepare(string path, params Action<SqliteSession>[] steps)
    {
        SqliteFile.CreateIfAbsent(path);
        using var session = new SqliteSession(path, TimeSpan.FromSeconds(30));
        SqliteSchema.Prepare(session, path, steps);
    }
}
