using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>Whether a customer has written since a point.</summary>
internal static class SqliteNewerInbound
{
    /// <inheritdoc cref="IConversationStore.HasNewerInboundAsync" />
    public static ValueTask<bool> AnyAsync(
        SqliteDatabase database, ConversationKey conversation, InboundPoint point, CancellationToken cancellationToken)
    {
        StoreArguments.ThrowIfDefault(conversation);
        return database.ReadAsync(session => Any(session, conversation, point), cancellationToken);
    }

    private static bool Any(SqliteSession session, ConversationKey conversation, InboundPoint point) =>
        session.Exists(
            SqliteIdentities.Everyone + """
            ,
            since (at) AS (SELECT max(?3, coalesce((SELECT until FROM hidden), ?3)))
            SELECT 1 FROM everyone CROSS JOIN conversation AS c ON c.number = ?1 AND c.party = everyone.party
            WHERE c.last_inbound > (SELECT at FROM since)
            UNION ALL
            SELECT 1 FROM everyone CROSS JOIN log AS line INDEXED BY log_conversation ON line.number = ?1 AND line.party = everyone.party
            WHERE line.at > (SELECT at FROM since) AND line.intent IS NULL AND line.copy IS NULL
            UNION ALL
            -- Of the same second, what arrived after it.
            SELECT 1 FROM everyone CROSS JOIN log AS line INDEXED BY log_conversation ON line.number = ?1 AND line.party = everyone.party
            WHERE line.at = ?3 AND coalesce((SELECT until FROM hidden), ?3 - 1) < ?3
            AND line.intent IS NULL AND line.copy IS NULL AND ?4 IS NOT NULL AND line.message IS NOT ?4
            AND line.arrival > coalesce(
                (SELECT max(own.arrival) FROM everyone CROSS JOIN log AS own INDEXED BY log_conversation ON own.number = ?1 AND own.party = everyone.party
                WHERE own.at = ?3 AND own.message = ?4 AND own.intent IS NULL AND own.copy IS NULL),
                0)
            LIMIT 1
            """,
            conversation.Number.Value,
            conversation.Party,
            point.At.ToUnixTimeSeconds(),
            point.Message?.Value);
}
