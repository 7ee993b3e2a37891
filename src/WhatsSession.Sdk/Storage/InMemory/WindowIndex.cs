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
        var table = Volatile.Read(ref _tables[WindowSlot.TableOf(slot)]);
        var position = WindowSlot.PositionOf(slot);
        facts = default;
        return table.IsAt(position, place.Bits, place.Name) && table.TryRead(position, place.Bits, out facts);
    }

    /// <summary>Reads a row where it was found before, and the one that it is linked with in place.</summary>
    /// <returns>False when it is elsewhere by now.</returns>
    public bool TryReadPair<TPause>(in WindowPlace place, TPause pause, out WindowPair pair)
        where TPause : struct, IReadPause
    {
        var slot = place.Slot;
        var table = Volatile.Read(ref _tables[WindowSlot.TableOf(slot)]);
        var position = WindowSlot.PositionOf(slot);

        // Before the row is looked at, which is as far away: both come at once.
        var link = table.LinkAt(position);
        pair = default;
        return table.IsAt(position, place.Bits, place.Name) && WindowPair.TryRead(_tables, table, position, place.Bits, link, pause, out pair);
    }

    /// <summary>Finds and reads a row and the one that it is linked with in place, and notes its place.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryReadPair<TPause>(WindowKey key, ref WindowPlace place, TPause pause, out WindowPair pair)
        where TPause : struct, IReadPause
    {
        var hash = WindowKey.Hash(key.Bits);
        for (var wait = default(SpinWait); ; wait.SpinOnce(sleep1Threshold: -1))
        {
            var table = Volatile.Read(ref _tables[hash >> TableShift]);
            table.Fetch(hash);
            if (table.Find(key, hash) is not (>= 0 and var position))
            {
                pair = default;
                return false;
            }

            if (WindowPair.TryRead(_tables, table, position, key.Bits, table.LinkAt(position), pause, out pair))
            {
                Note(ref place, key, hash, table, position);
                return true;
            }
        }
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
                Note(ref place, key, hash, table, position);
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

    /// <summary>When a conversation is to be looked at; <see cref="WindowSeconds.None"/> for never, and when there is no row.</summary>
    public uint CheckAt(WindowKey key)
    {
        // A row that moves keeps it: where it is looked for between two tables it is asked again.
        var hash = WindowKey.Hash(key.Bits);
        for (var wait = default(SpinWait); ; wait.SpinOnce(sleep1Threshold: -1))
        {
            var table = Volatile.Read(ref _tables[hash >> TableShift]);
            if (table.Find(key, hash) is not (>= 0 and var position))
            {
                return WindowSeconds.None;
            }

            if (table.CheckAt(position) is not WindowSeconds.Moved and var at)
            {
                return at;
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
        lock (_gate)
        {
            if (TryFind(key, out var table, out var position))
            {
                table.Mark(position, flags);
            }
            else
            {
                Add(key, flags);
            }
        }
    }

    /// <summary>Links the rows of a phone and of a BSUID in place, and adds those that there are not.</summary>
    /// <returns>False when more is to be asked for than the other row by either; nothing is linked.</returns>
    public bool TryLink(WindowKey phone, WindowKey user, uint at)
    {
        lock (_gate)
        {
            if ((TryFind(phone, out var table, out var position) && table.Has(position, WindowFlags.Joined))
                || (TryFind(user, out var otherTable, out var otherPosition) && otherTable.Has(otherPosition, WindowFlags.Joined)))
            {
                return false;
            }

            AddIfAbsent(phone);
            AddIfAbsent(user);

            // Afterwards: to add one may move the other.
            TryFind(phone, out table, out position);
            TryFind(user, out otherTable, out otherPosition);
            table.Link(position, new WindowLink(SlotOf(user, otherPosition), at));
            otherTable.Link(otherPosition, new WindowLink(SlotOf(phone, position), at));
            table.NameCustomer(position, otherTable.NameAt(otherPosition));

            // Last: who finds a flag finds the link too.
            table.Mark(position, WindowFlags.Joined);
            otherTable.Mark(otherPosition, WindowFlags.Joined);
            return true;
        }
    }

    /// <summary>What a row is linked with in place, and since when.</summary>
    public (WindowKey Other, uint At)? FindLink(WindowKey key)
    {
        lock (_gate)
        {
            return TryFind(key, out var table, out var position) && table.LinkAt(position) is { IsNone: false } link
                ? (_tables[WindowSlot.TableOf(link.Slot)].KeyAt(WindowSlot.PositionOf(link.Slot)), link.At)
                : null;
        }
    }

    /// <summary>Gives the two rows of a link an earlier time, or takes the link from them: the rows stay and keep their flags.</summary>
    /// <param name="key">Either row.</param>
    /// <param name="at">The time; <see cref="WindowSeconds.None"/> for no link.</param>
    public void Relink(WindowKey key, uint at)
    {
        lock (_gate)
        {
            if (TryFind(key, out var table, out var position))
            {
                Relink(table, position, at);
            }
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
                Relink(table, position, WindowSeconds.None);
                table.Remove(position);
            }
        }
    }

    /// <summary>Whether any row may be due.</summary>
    public bool AnyDue(uint now)
    {
        for (var i = 0; i < TableCount; i++)
        {
            if (Volatile.Read(ref _tables[i]).AnyDue(now))
            {
                return true;
            }
        }

        return false;
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

    private static uint SlotOf(WindowKey key, int position) => WindowSlot.Of((int)(WindowKey.Hash(key.Bits) >> TableShift), position);

    private static void Note(ref WindowPlace place, WindowKey key, ulong hash, WindowTable table, int position)
    {
        place.Name = key.Name is null ? null : table.NameAt(position) ?? place.Name;
        place.Slot = WindowSlot.Of((int)(hash >> TableShift), position);
    }

    private bool TryFind(WindowKey key, out WindowTable table, out int position)
    {
        var hash = WindowKey.Hash(key.Bits);
        table = _tables[hash >> TableShift];
        position = table.Find(key, hash);
        return position >= 0;
    }

    private void Add(WindowKey key, WindowFlags flags)
    {
        var hash = WindowKey.Hash(key.Bits);
        var table = (int)(hash >> TableShift);
        if (!_tables[table].HasRoom)
        {
            Grow(table);
        }

        _tables[table].Add(key, flags, hash);
    }

    private void AddIfAbsent(WindowKey key)
    {
        if (!TryFind(key, out _, out _))
        {
            Add(key, WindowFlags.None);
        }
    }

    private void Relink(WindowTable table, int position, uint at)
    {
        if (table.LinkAt(position) is not { IsNone: false } link)
        {
            return;
        }

        var (other, otherPosition) = (_tables[WindowSlot.TableOf(link.Slot)], WindowSlot.PositionOf(link.Slot));
        var isNone = at == WindowSeconds.None;
        table.Link(position, isNone ? default : link with { At = at });
        other.Link(otherPosition, isNone ? default : other.LinkAt(otherPosition) with { At = at });
        if (isNone)
        {
            var (phones, phone) = WindowKey.HasName(table.KeyAt(position).Bits) ? (other, otherPosition) : (table, position);
            phones.NameCustomer(phone, name: null);
        }
    }

    private void Grow(int number)
    {
        // By a third, not double: rows in use stay above nine sixteenths of those there are. Dead ones may make it smaller.
        var table = _tables[number];
        var grown = new WindowTable(Math.Max(SmallestCapacity, WindowTable.CapacityFor(table.Count) / 3 * 4));
        if (table.MoveTo(grown) is { } moved)
        {
            for (var i = 0; i < moved.Length; i++)
            {
                MoveLink(number, table.LinkAt(i), moved, grown, moved[i]);
            }
        }

        Volatile.Write(ref _tables[number], grown);
    }

    private void MoveLink(int number, WindowLink link, int[] moved, WindowTable grown, int position)
    {
        var (table, other) = (WindowSlot.TableOf(link.Slot), WindowSlot.PositionOf(link.Slot));
        if (!link.IsNone && table == number)
        {
            grown.Link(position, link with { Slot = WindowSlot.Of(number, moved[other]) });
        }
        else if (!link.IsNone)
        {
            grown.Link(position, link);
            _tables[table].Link(other, link with { Slot = WindowSlot.Of(number, position) });
        }
    }
}
