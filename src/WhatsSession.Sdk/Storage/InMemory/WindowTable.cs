using System.Runtime.CompilerServices;

namespace WhatsSession.Storage.InMemory;

/// <summary>
/// Rows by open addressing, at a fixed capacity. Reading, raising and arming need no lock;
/// adding, marking, removing and moving need that of the <see cref="WindowIndex"/>.
/// </summary>
/// <remarks>
/// A row keeps its position until the whole table moves, and no position is given away twice: so a fact is never raised in a stranger's row.
/// A row that moves or goes has each of its facts taken by an exchange for <see cref="WindowSeconds.Moved"/>:
/// whatever was raised before is taken along, and who comes later sees it and looks again.
/// </remarks>
internal sealed class WindowTable(int capacity)
{
    private const ulong Free = 0;
    private const ulong Dead = 1;
    private const int BlockSize = 16;

    private readonly WindowRow[] _rows = new WindowRow[capacity];

    // For each block of rows a time not after the earliest CheckAt in it, or Moved for none: what a sweep scans in place of the rows.
    private readonly uint[] _earliest = NothingDue(capacity);

    // For each row the WindowLink, which costs nothing where nobody has one.
    private ulong[]? _links;
    private int _taken;

    /// <summary>How many rows are neither free nor dead.</summary>
    public int Count { get; private set; }

    /// <summary>Whether another row can be added before probing becomes long.</summary>
    public bool HasRoom => _taken < RoomOf(_rows.Length);

    public long Bytes =>
        ((long)_rows.Length * (Unsafe.SizeOf<WindowRow>() + (_links is null ? 0 : sizeof(ulong)))) + (_earliest.Length * sizeof(uint));

    /// <summary>The least capacity at which so many rows fill all the room.</summary>
    public static int CapacityFor(int count) => (int)(((long)count * 4 + 2) / 3);

    /// <returns>The position of a row; negative when there is none.</returns>
    public int Find(WindowKey key, ulong hash)
    {
        var rows = _rows;
        for (var i = StartOf(hash); ; i = i + 1 < rows.Length ? i + 1 : 0)
        {
            var found = Volatile.Read(ref rows[i].Key);
            if (found == Free)
            {
                return -1;
            }

            if ((found & WindowKey.Mask) == key.Bits && (key.Name is null || string.Equals(rows[i].Name, key.Name, StringComparison.Ordinal)))
            {
                return i;
            }
        }
    }

    /// <summary>Whether the row at a position that was found once is still there.</summary>
    public bool IsAt(int position, ulong bits, string? name) =>
        (uint)position < (uint)_rows.Length
            && (Volatile.Read(ref _rows[position].Key) & WindowKey.Mask) == bits
            && (!WindowKey.HasName(bits) || ReferenceEquals(_rows[position].Name, name));

    /// <summary>The party as the row holds it; of a phone that is linked in place, its customer's BSUID.</summary>
    public string? NameAt(int position) => _rows[position].Name;

    /// <summary>What a row is found by.</summary>
    public WindowKey KeyAt(int position)
    {
        var bits = _rows[position].Key & WindowKey.Mask;
        return new WindowKey(bits, WindowKey.HasName(bits) ? _rows[position].Name : null);
    }

    /// <summary>What a row is linked with in place.</summary>
    public WindowLink LinkAt(int position) => Volatile.Read(ref _links) is { } links && (uint)position < (uint)links.Length
        ? WindowLink.Of(Volatile.Read(ref links[position]))
        : default;

    /// <summary>Whether a row has flags.</summary>
    public bool Has(int position, WindowFlags flags) => ((WindowFlags)Volatile.Read(ref _rows[position].Key) & flags) == flags;

    /// <summary>The flags of a row.</summary>
    public WindowFlags FlagsAt(int position) => (WindowFlags)(Volatile.Read(ref _rows[position].Key) & ~WindowKey.Mask);

    /// <summary>When a row is to be looked at.</summary>
    public uint CheckAt(int position) => Volatile.Read(ref _rows[position].CheckAt);

    /// <summary>Fetches what is known beside a row that is searched for: it is as far away as the row, and both come at once.</summary>
    public void Fetch(ulong hash)
    {
        if (_links is { } links)
        {
            Volatile.Read(ref links[StartOf(hash)]);
        }
    }

    /// <inheritdoc cref="TryRead{TPause}(int, ulong, TPause, out WindowRowFacts)" />
    public bool TryRead(int position, ulong bits, out WindowRowFacts facts) => TryRead(position, bits, default(NoPause), out facts);

    /// <summary>Reads a row as it stands at one moment, answers apart, which stand for themselves.</summary>
    /// <returns>False when the row has moved, or was refused while it was read.</returns>
    public bool TryRead<TPause>(int position, ulong bits, TPause pause, out WindowRowFacts facts)
        where TPause : struct, IReadPause =>
        TryReadRow(ref _rows[position], pause, out facts, out var key) && (key & WindowKey.Mask) == bits;

    /// <summary>Reads the row that another is linked with.</summary>
    /// <param name="position">Where the link says that it is; when that is out of date, it may be a stranger's.</param>
    /// <param name="bits">The key of the row that has the link.</param>
    /// <param name="name">The name that both have.</param>
    /// <param name="pause">What happens between two reads.</param>
    /// <param name="facts">The facts.</param>
    /// <param name="key">What the row is found by.</param>
    /// <returns>False when it is not to be read there.</returns>
    public bool TryReadLinked<TPause>(int position, ulong bits, string? name, TPause pause, out WindowRowFacts facts, out WindowKey key)
        where TPause : struct, IReadPause
    {
        if ((uint)position >= (uint)_rows.Length)
        {
            (facts, key) = (default, default);
            return false;
        }

        ref var row = ref _rows[position];
        var isRead = TryReadRow(ref row, pause, out facts, out var found);
        key = new WindowKey(found & WindowKey.Mask, WindowKey.HasName(found) ? name : null);
        return isRead && name is not null && ReferenceEquals(Volatile.Read(ref row.Name), name) && WindowKey.AreOfTwoKinds(found, bits);
    }

    /// <summary>Whether a row still tells of its window what was read of it: times only rise, so it told nothing else in between.</summary>
    public bool StillHas(int position, in WindowRowFacts facts) =>
        Volatile.Read(ref _rows[position].Denied) == facts.Denied && Volatile.Read(ref _rows[position].LastInbound) == facts.LastInbound;

    /// <summary>Raises the facts of a row, and arms it if the facts name its latest inbound.</summary>
    /// <returns>False when the row has moved: some may be raised, and raising all again does no harm.</returns>
    public bool TryJoin(int position, in WindowRowFacts facts, uint checkAt)
    {
        ref var row = ref _rows[position];
        if (!TryRaise(ref row.LastInbound, facts.LastInbound) || !TryRaise(ref row.Denied, facts.Denied) || !TryRaise(ref row.Answered, facts.Answered))
        {
            return false;
        }

        // After the raise: a sweep that disarmed the row before this look reads the inbound and arms it again itself.
        return checkAt == WindowSeconds.None || Volatile.Read(ref row.LastInbound) != facts.LastInbound || TryArm(position, checkAt);
    }

    /// <summary>Looks at a row at a time, or before if that was set.</summary>
    /// <returns>False when the row has moved.</returns>
    public bool TryArm(int position, uint at)
    {
        ref var checkAt = ref _rows[position].CheckAt;
        var known = Volatile.Read(ref checkAt);

        // Lazy: a customer who writes again in an open window moves nothing here; the early look arms anew.
        while (known == WindowSeconds.None || (at < known && known != WindowSeconds.Moved))
        {
            var seen = Interlocked.CompareExchange(ref checkAt, at, known);
            if (seen == known)
            {
                Lower(ref _earliest[position / BlockSize], at);
                return true;
            }

            known = seen;
        }

        return known != WindowSeconds.Moved;
    }

    /// <summary>Looks at each row at the time that is named for its latest inbound, or before if that was set. Nothing is moved meanwhile.</summary>
    public void ArmAll(Func<uint, uint> checkAt)
    {
        for (var i = 0; i < _rows.Length; i++)
        {
            var lastInbound = Volatile.Read(ref _rows[i].LastInbound);
            if (lastInbound is not WindowSeconds.None and not WindowSeconds.Moved && checkAt(lastInbound) is not WindowSeconds.None and var at)
            {
                TryArm(i, at);
            }
        }
    }

    /// <summary>Disarms rows that are due and puts them into a list.</summary>
    public void TakeDue(uint now, int limit, List<(WindowKey Key, uint CheckAt)> taken)
    {
        for (var block = NextDue(0, now); block >= 0 && taken.Count < limit; block = NextDue(block + 1, now))
        {
            // Before the rows are read: who arms one from here on lowers the time again, or is seen below.
            Interlocked.Exchange(ref _earliest[block], WindowSeconds.Moved);
            var end = Math.Min((block + 1) * BlockSize, _rows.Length);
            for (var i = block * BlockSize; i < end; i++)
            {
                TakeDue(i, now, limit, taken);
            }
        }
    }

    /// <summary>Whether any row may be due.</summary>
    public bool AnyDue(uint now) => NextDue(0, now) >= 0;

    /// <summary>Adds an empty row; there is none for the key, and there is room.</summary>
    public void Add(WindowKey key, WindowFlags flags, ulong hash)
    {
        ref var row = ref _rows[Claim(hash)];
        row.Name = key.Name;
        Volatile.Write(ref row.Key, key.Bits | (ulong)flags);
    }

    public void Mark(int position, WindowFlags flags) => Volatile.Write(ref _rows[position].Key, _rows[position].Key | (ulong)flags);

    /// <summary>Notes the other row of a row's customer, or that it is not known by the row any more.</summary>
    /// <param name="position">The row.</param>
    /// <param name="link">The link; <c>default</c> for none.</param>
    public void Link(int position, WindowLink link)
    {
        if (_links is null)
        {
            Volatile.Write(ref _links, new ulong[_rows.Length]);
        }

        Volatile.Write(ref _links[position], link.Bits);
    }

    /// <summary>Gives the row of a phone the BSUID of its customer, the same string that the other row has: by it each knows the other.</summary>
    public void NameCustomer(int position, string? name) => Volatile.Write(ref _rows[position].Name, name);

    public void Remove(int position)
    {
        ref var row = ref _rows[position];
        Take(ref row.LastInbound);
        Take(ref row.Denied);
        Take(ref row.Answered);
        Take(ref row.CheckAt);
        row.Name = null;
        Volatile.Write(ref row.Key, Dead);
        Count--;
    }

    /// <summary>Moves every row to an empty table with room for all, which nobody else has yet. Links are left to be moved.</summary>
    /// <returns>For each row its new position; null when there are no links.</returns>
    public int[]? MoveTo(WindowTable other)
    {
        var moved = _links is null ? null : new int[_rows.Length];
        for (var i = 0; i < _rows.Length; i++)
        {
            ref var row = ref _rows[i];
            if (row.Key is Free or Dead)
            {
                continue;
            }

            var position = other.Claim(WindowKey.Hash(row.Key));
            if (moved is not null)
            {
                moved[i] = position;
            }

            other._rows[position] = new WindowRow
            {
                Key = row.Key,
                Name = row.Name,
                LastInbound = Take(ref row.LastInbound),
                Denied = Take(ref row.Denied),
                Answered = Take(ref row.Answered),
                CheckAt = Take(ref row.CheckAt),
            };
            if (other._rows[position].CheckAt is not WindowSeconds.None and var checkAt)
            {
                Lower(ref other._earliest[position / BlockSize], checkAt);
            }
        }

        return moved;
    }

    private static uint[] NothingDue(int rows)
    {
        var earliest = new uint[(rows + BlockSize - 1) / BlockSize];
        Array.Fill(earliest, WindowSeconds.Moved);
        return earliest;
    }

    private static uint Take(ref uint fact) => Interlocked.Exchange(ref fact, WindowSeconds.Moved);

    private static bool TryReadRow<TPause>(ref WindowRow row, TPause pause, out WindowRowFacts facts, out ulong key)
        where TPause : struct, IReadPause
    {
        // The denial before and after the inbound: the two stood together, and nobody is shown a message without the refusal that came first.
        // The key comes last: if it has no flag by then, the facts are from a time when they were all there was.
        var denied = Volatile.Read(ref row.Denied);
        pause.Next();
        var lastInbound = Volatile.Read(ref row.LastInbound);
        pause.Next();
        var isSteady = Volatile.Read(ref row.Denied) == denied;
        var answered = Volatile.Read(ref row.Answered);
        pause.Next();
        key = Volatile.Read(ref row.Key);
        facts = new WindowRowFacts(lastInbound, denied, answered, (WindowFlags)(key & ~WindowKey.Mask));
        return isSteady && !facts.HaveMoved;
    }

    private static bool TryRaise(ref uint fact, uint value)
    {
        var known = Volatile.Read(ref fact);
        while (known < value)
        {
            var seen = Interlocked.CompareExchange(ref fact, value, known);
            if (seen == known)
            {
                return true;
            }

            known = seen;
        }

        return known != WindowSeconds.Moved;
    }

    private static void Lower(ref uint time, uint value)
    {
        var known = Volatile.Read(ref time);
        while (value < known)
        {
            var seen = Interlocked.CompareExchange(ref time, value, known);
            if (seen == known)
            {
                return;
            }

            known = seen;
        }
    }

    private void TakeDue(int position, uint now, int limit, List<(WindowKey Key, uint CheckAt)> taken)
    {
        ref var row = ref _rows[position];
        var checkAt = Volatile.Read(ref row.CheckAt);
        while (checkAt is not WindowSeconds.None and not WindowSeconds.Moved)
        {
            if (checkAt > now || taken.Count == limit)
            {
                Lower(ref _earliest[position / BlockSize], checkAt);
                return;
            }

            var seen = Interlocked.CompareExchange(ref row.CheckAt, WindowSeconds.None, checkAt);
            if (seen == checkAt)
            {
                taken.Add((KeyAt(position), checkAt));
                return;
            }

            checkAt = seen;
        }
    }

    private int NextDue(int block, uint now)
    {
        var next = block < _earliest.Length ? _earliest.AsSpan(block).IndexOfAnyInRange(0U, now) : -1;
        return next < 0 ? -1 : block + next;
    }

    // Above three quarters probing becomes long.
    private static int RoomOf(int rows) => (int)((long)rows * 3 / 4);

    private int StartOf(ulong hash) => (int)(((hash & uint.MaxValue) * (uint)_rows.Length) >> 32);

    private int Claim(ulong hash)
    {
        var position = StartOf(hash);
        while (_rows[position].Key != Free)
        {
            position = position + 1 < _rows.Length ? position + 1 : 0;
        }

        _taken++;
        Count++;
        return position;
    }
}
