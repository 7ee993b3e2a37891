namespace WhatsSession.Storage.InMemory;

/// <summary>
/// The rows of up to <see cref="WindowKey.MaximumNumbers"/> business numbers, found by hash. Thread safe: reading, raising and arming take no lock;
/// what adds, marks or removes a row takes one.
/// </summary>
internal sealed class WindowIndex
{
    // Tables grow one at a time, so that nobody waits for more than a small part of the rows to move.
    private const int TableCount = 256;
    private const int TableShift = 64 - 8;
    private const int PositionBits = 24;
    private const int SmallestCapacity = 16;

    // Without room, so nothing is ever added to it.
    private static readonly WindowTable Nothing = new(1);

    private readonly WindowTable[] _tables = [.. Enumerable.Repeat(Nothing, TableCount)];
#pragma warning disable MA0158 // System.Threading.Lock came with .NET 9, and the library serves .NET 8 too.
    private readonly object _gate = new();
#pragma warning restore MA0158
    private int _nextSwept;

    public long Bytes => _tables.Sum(static table => table.Bytes);

    /// <summary>Reads a row where it was found before.</summary>
    /// <returns>False when it is elsewhere by now.</returns>
    public bool TryRead(in WindowPlace place, out WindowRowFacts facts)
    {
        var slot = place.Slot;
        var table = Volatile.Read(ref _tables[slot >> PositionBits]);
        var position = (int)(slot & ((1U << PositionBits) - 1));
        facts = default;
        return table.IsAt(position, place.Bits, place.Name) && table.TryRead(position, place.Bits, out facts);
    }

    /// <summary>Finds and reads a row, and notes its place.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryRead(WindowKey key, ref WindowPlace place, out WindowRowFacts facts)
    {
        var hash = WindowKey.Hash(key.Bits);
        for (var wait = default(SpinWait); ; wait.SpinOnce(sleep1Threshold: -1))
        {
            var table = Volatile.Read(ref _tables[hash >> TableShift]);
            if (table.Find(key, hash) is not (>= 0 and var position))
            {
                facts = default;
                return false;
            }

            if (table.TryRead(position, key.Bits, out facts))
            {
                place.Name = table.NameAt(position) ?? place.Name;
                place.Slot = (uint)((hash >> TableShift) << PositionBits) | (uint)position;
                return true;
            }
        }
    }

    /// <summary>Raises the facts of a row and arms it if they name its latest inbound.</summary>
    /// <returns>False when there is no row with the flags that the facts name.</returns>
    public bool TryJoin(WindowKey key, in WindowRowFacts facts, uint checkAt)
    {
        var hash = WindowKey.Hash(key.Bits);
        for (var wait = default(SpinWait); ; wait.SpinOnce(sleep1Threshold: -1))
        {
            var table = Volatile.Read(ref _tables[hash >> TableShift]);
            if (table.Find(key, hash) is not (>= 0 and var position) || !table.Has(position, facts.Flags))
            {
                return false;
            }

            if (table.TryJoin(position, facts, checkAt))
            {
                return true;
            }
        }
    }

    /// <summary>Looks at a conversation at a time, or before if that was set; nothing happens when there is no row.</summary>
    public void Arm(WindowKey key, uint at)
    {
        var hash = WindowKey.Hash(key.Bits);
        for (var wait = default(SpinWait); ; wait.SpinOnce(sleep1Threshold: -1))
        {
            var table = Volatile.Read(ref _tables[hash >> TableShift]);
            if (table.Find(key, hash) is not (>= 0 and var position) || table.TryArm(position, at))
            {
                return;
            }
        }
    }

    /// <summary>Looks at each row at the time that is named for its latest inbound, or before if that was set.</summary>
    public void ArmAll(Func<uint, uint> checkAt)
    {
        // Under the gate no row moves.
        lock (_gate)
        {
            foreach (var table in _tables)
            {
                table.ArmAll(checkAt);
            }
        }
    }

    /// <summary>Sets flags of a row; adds it if there is none.</summary>
    public void Mark(WindowKey key, WindowFlags flags)
    {
        var hash = WindowKey.Hash(key.Bits);
        ref var table = ref _tables[hash >> TableShift];
        lock (_gate)
        {
            var position = table.Find(key, hash);
            if (position >= 0)
            {
                table.Mark(position, flags);
                return;
            }

            if (!table.HasRoom)
            {
                Grow(ref table);
            }

            table.Add(key, flags, hash);
        }
    }

    /// <summary>Gives a row's place for answers to a kind of author, unless another has it.</summary>
    /// <param name="key">The row.</param>
    /// <param name="kind">The kind; <see cref="WindowFlags.None"/> for none.</param>
    /// <param name="answerer">Who has it now; null for nobody.</param>
    /// <returns>False when there is no row.</returns>
    public bool TryTakeAnswers(WindowKey key, WindowFlags kind, out AuthorKind? answerer)
    {
        var hash = WindowKey.Hash(key.Bits);
        var table = Volatile.Read(ref _tables[hash >> TableShift]);
        if (table.Find(key, hash) is >= 0 and var known && Answerers.Of(table.FlagsAt(known)) is { } taken)
        {
            // It is never given to another, so a row that moves meanwhile says the same.
            answerer = taken;
            return true;
        }

        lock (_gate)
        {
            table = _tables[hash >> TableShift];
            var position = table.Find(key, hash);
            answerer = null;
            if (position < 0)
            {
                return false;
            }

            if (Answerers.Of(table.FlagsAt(position)) is null)
            {
                table.Mark(position, kind);
            }

            answerer = Answerers.Of(table.FlagsAt(position));
            return true;
        }
    }

    public void Remove(WindowKey key)
    {
        var hash = WindowKey.Hash(key.Bits);
        lock (_gate)
        {
            var table = _tables[hash >> TableShift];
            if (table.Find(key, hash) is >= 0 and var position)
            {
                table.Remove(position);
            }
        }
    }

    /// <summary>Disarms up to <paramref name="limit"/> rows that are due, in no order; a limited pass is followed up where it ended.</summary>
    public void TakeDue(uint now, int limit, List<(WindowKey Key, uint CheckAt)> taken)
    {
        var first = Volatile.Read(ref _nextSwept);
        for (var i = 0; i < TableCount && taken.Count < limit; i++)
        {
            var number = (first + i) % TableCount;
            Volatile.Write(ref _nextSwept, number);
            Volatile.Read(ref _tables[number]).TakeDue(now, limit, taken);
        }
    }

    private static void Grow(ref WindowTable table)
    {
        // By half, not double: rows in use stay above half of those there are. Dead ones may make it smaller.
        var grown = new WindowTable(Math.Max(SmallestCapacity, WindowTable.CapacityFor(table.Count) / 2 * 3));
        table.MoveTo(grown);
        Volatile.Write(ref table, grown);
    }
}
