namespace WhatsSession.Storage.InMemory;

/// <summary>Where a row is, in 32 bits: the number of the table and the position in it.</summary>
internal static class WindowSlot
{
    private const int PositionBits = 24;

    public static uint Of(int table, int position) => ((uint)table << PositionBits) | (uint)position;

    public static int TableOf(uint slot) => (int)(slot >> PositionBits);

    public static int PositionOf(uint slot) => (int)(slot & ((1U << PositionBits) - 1));
}
