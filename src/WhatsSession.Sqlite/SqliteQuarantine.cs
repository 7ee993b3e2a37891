namespace WhatsSession;

/// <summary>The payloads that could not be read to their end.</summary>
internal static class SqliteQuarantine
{
    /// <summary>Keeps the payload of a batch, once however often it is delivered.</summary>
    public static void Add(SqliteSession session, IngestBatch batch) =>
        session.Execute(
            "INSERT INTO quarantine (key, received_at, reason, payload) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            EventKey.OfContent("", EventLane.Account, "quarantine", batch.Quarantined.Span).ToBlob(),
            batch.ReceivedAt.ToUnixTimeTicks(),
            batch.QuarantineReason,
            batch.Quarantined.ToBlob());
}
