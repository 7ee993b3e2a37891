namespace WhatsSession.Storage.InMemory;

/// <summary>A business number as the store in memory knows it: where its rows are, and what goes for all of its conversations.</summary>
internal sealed class InMemoryNumber(PhoneNumberId id, WindowIndex rows, int index)
{
    private NumberFacts _facts = NumberFacts.None;

    public PhoneNumberId Id => id;

    public WindowIndex Rows => rows;

    /// <summary>What tells its rows from those of other numbers in the same index.</summary>
    public int Index => index;

    /// <summary>Replaced as a whole, so a reader without a lock finds facts that belong together.</summary>
    public NumberFacts Facts
    {
        get => Volatile.Read(ref _facts);
        set => Volatile.Write(ref _facts, value);
    }

    public WindowKey KeyOf(string party) => WindowKey.Of(index, party);
}
