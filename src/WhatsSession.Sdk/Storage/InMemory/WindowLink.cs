namespace WhatsSession.Storage.InMemory;

/// <summary>The other row of a customer who has two: one by phone and one by BSUID, and nothing else that is to be asked for.</summary>
/// <param name="Slot">The table and the position of the other row.</param>
/// <param name="At">The earliest second at which both were seen together, as <see cref="WindowSeconds"/>.</param>
/// <remarks>Kept in 64 bits, which are read and written as one.</remarks>
internal readonly record struct WindowLink(uint Slot, uint At)
{
    /// <summary>Whether there is no link.</summary>
    public bool IsNone => At == WindowSeconds.None;

    public ulong Bits => ((ulong)Slot << 32) | At;

    public static WindowLink Of(ulong bits) => new((uint)(bits >> 32), (uint)bits);
}
