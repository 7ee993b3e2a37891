using NodaTime;
using SQLitePCL;

namespace WhatsSession;

/// <summary>The rows of a statement that is being read, one at a time. Whoever reads them disposes of them before the statement runs again.</summary>
internal readonly struct SqliteRows(SqliteStatement statement, sqlite3_stmt handle) : IDisposable
{
    /// <summary>Goes to the next row, or to the first.</summary>
    /// <returns>False when there is none.</returns>
    public bool Read() => statement.Step();

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(handle, column);

    public int GetInt32(int column) => raw.sqlite3_column_int(handle, column);

    public bool GetBoolean(int column) => GetInt32(column) != 0;

    public Instant? GetSecond(int column) => IsNull(column) ? null : Instant.FromUnixTimeSeconds(GetInt64(column));

    public Instant? GetTicks(int column) => IsNull(column) ? null : Instant.FromUnixTimeTicks(GetInt64(column));

    /// <summary>The text; empty for null.</summary>
    public string GetString(int column) => GetText(column) ?? "";

    public string? GetText(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    public MessageId? GetMessageId(int column) => GetText(column) is { } id ? MessageId.Parse(id) : null;

    /// <summary>The bytes, which are gone with the row.</summary>
    public ReadOnlySpan<byte> GetBytes(int column) => raw.sqlite3_column_blob(handle, column);

    public void Dispose() => statement.Reset();
}
