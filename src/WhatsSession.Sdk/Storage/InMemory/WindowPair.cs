namespace WhatsSession.Storage.InMemory;

/// <summary>A row and the one that it is linked with in place, as both stood at one moment.</summary>
/// <param name="Row">The facts of the row.</param>
/// <param name="IsWhole">Whether nothing else is to be asked for; when not, only <paramref name="Row"/> tells something.</param>
/// <param name="Linked">The facts of the other row; <c>default</c> for a row that stands alone.</param>
/// <param name="LinkedKey">What the other row is found by; <c>default</c> for a row that stands alone.</param>
internal readonly record struct WindowPair(WindowRowFacts Row, bool IsWhole, WindowRowFacts Linked = default, WindowKey LinkedKey = default)
{
    /// <summary>Whether there are <see cref="RareRow"/>.</summary>
    public bool AreRare => ((Row.Flags | Linked.Flags) & WindowFlags.Rare) != WindowFlags.None;

    /// <summary>What both tell of the window.</summary>
    public WindowRowFacts Window => WindowRowFacts.JoinWindow(Row, Linked);

    /// <summary>Reads a row that was found, and the one that its link names. Takes no lock.</summary>
    /// <param name="tables">All tables.</param>
    /// <param name="table">The table of the row.</param>
    /// <param name="position">The position of the row in it.</param>
    /// <param name="bits">The key of the row.</param>
    /// <param name="link">Its link, read before anything else of it.</param>
    /// <param name="pause">What happens between two reads.</param>
    /// <param name="pair">What the rows tell.</param>
    /// <returns>False when the row has moved.</returns>
    /// <remarks>
    /// <para>
    /// What is told of the window is how both rows stood at one moment: that at which the other's inbound is read. Times only rise, and what is read
    /// before that moment and is the same after it stood at it: the denial of the other row, both times of this one, and the link.
    /// Else a reader that is held up in between would tell of the message under one identifier, and not of the refusal under the other that came
    /// before it; or of a refusal without the message that lifted it.
    /// </para>
    /// <para>
    /// No row is linked in place twice, for its flag stays: the same link before and after stood in between. It is taken before a phone becomes
    /// another's, and before either row is erased; so what is raised after that is not told. A link of another time, or of another place because
    /// a table grew, is not trusted.
    /// </para>
    /// <para>
    /// Where a table has grown while a link to it was followed, a stranger may stand at the place, whose name is another. The link tells that too, but not
    /// when the table grew twice and the link names the same place again. Rows that move or go have their times replaced by one that no reader takes.
    /// </para>
    /// <para>Whatever a reader does not trust it leaves to the store's gate.</para>
    /// </remarks>
    public static bool TryRead<TPause>(
        WindowTable[] tables, WindowTable table, int position, ulong bits, WindowLink link, TPause pause, out WindowPair pair)
        where TPause : struct, IReadPause
    {
        pause.Next();
        if (!table.TryRead(position, bits, pause, out var row))
        {
            pair = default;
            return false;
        }

        if ((row.Flags & WindowFlags.Joined) == WindowFlags.None)
        {
            // The flag was read last: there was no link when the facts were.
            pair = new WindowPair(row, IsWhole: true);
            return true;
        }

        pause.Next();
        var name = table.NameAt(position);
        pause.Next();
        var other = Volatile.Read(ref tables[WindowSlot.TableOf(link.Slot)]);
        pair = !link.IsNone
            && other.TryReadLinked(WindowSlot.PositionOf(link.Slot), bits, name, pause, out var linked, out var key)
            && StillStands(table, position, row, link, pause)
                ? new WindowPair(row, IsWhole: true, linked, key)
                : new WindowPair(row, IsWhole: false);
        return true;
    }

    private static bool StillStands<TPause>(WindowTable table, int position, in WindowRowFacts row, WindowLink link, TPause pause)
        where TPause : struct, IReadPause
    {
        pause.Next();
        if (!table.StillHas(position, row))
        {
            return false;
        }

        pause.Next();
        return table.LinkAt(position) == link;
    }
}
