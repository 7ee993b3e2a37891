using NodaTime;

namespace WhatsSession;

/// <content>Follow-up sequences.</content>
public sealed partial class SqliteStore
{
    /// <inheritdoc />
    public ValueTask<SequenceRun?> StartSequenceAsync(SequenceRun run, Instant asked, CancellationToken cancellationToken = default) =>
        SqliteSequences.StartAsync(_database, run, asked, cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> SaveSequenceAsync(SequenceRun run, CancellationToken cancellationToken = default) =>
        SqliteSequences.SaveAsync(_database, run, cancellationToken);

    /// <inheritdoc />
    public ValueTask<SequenceRun?> FindSequenceAsync(IntentId run, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => SqliteSequences.Find(session, run), cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<SequenceRun>> ListSequencesAsync(SequenceRun? after, int limit, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(session => SqliteSequences.List(session, after, limit), cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<SequenceRun>> ListSequencesAsync(
        ConversationKey conversation, SequenceRun? after, int limit, CancellationToken cancellationToken = default) =>
        SqliteSequences.ListAsync(_database, conversation, after, limit, cancellationToken);
}
