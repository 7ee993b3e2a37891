namespace WhatsSession.Storage;

/// <summary>The result of an ingest.</summary>
/// <param name="Fresh">How many events were new.</param>
/// <param name="Duplicates">How many events the store already had.</param>
/// <param name="Erased">How many events were dropped because their customer or message was erased.</param>
/// <param name="Dispatched">How many events were put into the outbox. It is only a hint to wake the dispatcher.</param>
/// <remarks>Equality is by the four counts.</remarks>
public readonly record struct IngestResult(int Fresh, int Duplicates, int Erased, int Dispatched)
{
    private readonly IReadOnlyList<int>? _repeated;

    /// <summary>The positions of the duplicates in the batch, ascending. A batch may contain several webhooks.</summary>
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
