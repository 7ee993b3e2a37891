namespace WhatsSession.Storage;

/// <summary>What the store made of a batch.</summary>
/// <param name="Fresh">How many events were new.</param>
/// <param name="Duplicates">How many it already had.</param>
/// <param name="Erased">How many were dropped because they belong to what was erased.</param>
/// <param name="Dispatched">How many were put into the outbox: a hint to wake the dispatcher, never the truth about what is to be done.</param>
/// <remarks>Equality is by the four counts.</remarks>
public readonly record struct IngestResult(int Fresh, int Duplicates, int Erased, int Dispatched)
{
    private readonly IReadOnlyList<int>? _repeated;

    /// <summary>The positions of the duplicates in the batch, ascending: batches of several webhooks may have been put together.</summary>
    public IReadOnlyList<int> Repeated
    {
        get => _repeated ?? [];
        init => _repeated = value;
    }

    /// <inheritdoc />
    public bool Equals(IngestResult other) =>
        Fresh == other.Fresh && Duplicates == other.Duplicates && Erased == other.Erased && Dispatched == other.Dispatched;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Fresh, Duplicates, Erased, Dispatched);
}
