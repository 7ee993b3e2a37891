namespace WhatsSession.Storage.InMemory;

/// <summary>Where a conversation's row was found, for the next look. Only a hint: the row at the place says itself whose it is.</summary>
/// <remarks>
/// Kept in a handle that several threads use. Number and bits are the same whoever writes them;
/// a name is only ever replaced by the same text, and a slot is checked at every look.
/// </remarks>
internal struct WindowPlace
{
    private InMemoryNumber? _number;
    private ulong _bits;

    /// <summary>The party as the row holds it: comparing the reference takes no look at the text. Null for a phone, and before the row was found.</summary>
    public string? Name;

    /// <summary>The table and the position in it.</summary>
    public uint Slot;

    /// <summary>The bits of the key; they mean something once there is a number.</summary>
    public readonly ulong Bits => _bits;

    /// <summary>The business number; null before the first look.</summary>
    public InMemoryNumber? Number => Volatile.Read(ref _number);

    /// <summary>Notes what never changes. The number comes last: who sees it sees the bits.</summary>
    public void Resolve(InMemoryNumber number, ulong bits)
    {
        _bits = bits;
        Volatile.Write(ref _number, number);
    }
}
