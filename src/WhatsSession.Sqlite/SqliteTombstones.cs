using System.Security.Cryptography;
using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>What stays of erased conversations for 8 days, under the secret of the file.</summary>
internal sealed class SqliteTombstones
{
    private readonly SqliteSession _session;
    private readonly byte[] _secret;

    public SqliteTombstones(SqliteSession session)
    {
        _session = session;
        using var reader = session.Read("SELECT value FROM secret");
        reader.Read();
        _secret = reader.GetBytes(0).ToArray();
    }

    public static bool Any(SqliteSession session) => session.Exists("SELECT 1 FROM tombstone LIMIT 1");

    public static void MakeSecret(SqliteSession session) =>
        session.Execute("INSERT INTO secret (id, value) VALUES (1, ?1)", RandomNumberGenerator.GetBytes(Tombstone.SecretLength));

    public void Add(PhoneNumberId number, string id, Instant at) =>
        _session.Execute(
            $"""
            INSERT INTO tombstone AS t (hash, at, day) VALUES (?1, ?2, max(?3, {SqliteTime.Today}))
            ON CONFLICT DO UPDATE SET at = max(t.at, excluded.at), day = max(t.day, excluded.day)
            """,
            Tombstone.Of(_secret, number, id).ToByteArray(),
            at.ToUnixTimeTicks(),
            Retention.DayOf(at));

    /// <summary>When it was erased; null when it was not.</summary>
    public Instant? Find(PhoneNumberId number, string id)
    {
        using var reader = _session.Read("SELECT at FROM tombstone WHERE hash = ?1", Tombstone.Of(_secret, number, id).ToByteArray());
        return reader.Read() ? Instant.FromUnixTimeTicks(reader.GetInt64(0)) : null;
    }

    /// <summary>Whether an event is of what was erased.</summary>
    public bool Covers(StoredEvent stored) => Tombstone.Covers(stored, Find);
}
