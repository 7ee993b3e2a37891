using WhatsSession.Storage.InMemory;

namespace WhatsSession.Sdk.Tests.Storage.InMemory;

[WithoutEmulator("The store alone.")]
public sealed class WindowTableTests
{
    private const ulong AnyHash = 7;

    // What two names with one hash look like; no such pair is known.
    private static readonly WindowKey First = WindowKey.Of(1, Given.UserId);
    private static readonly WindowKey Second = First with { Name = "US.2" };

    [Fact]
    public void Find_TwoNamesWithOneHash_TellsThemApart()
    {
        var table = new WindowTable(16);
        table.Add(First, WindowFlags.None, AnyHash);
        table.Add(Second, WindowFlags.Joined, AnyHash);
        table.TryJoin(table.Find(First, AnyHash), new WindowRowFacts(5, 0, 0, WindowFlags.None), checkAt: 0).Should().BeTrue();

        Read(table, First).Should().Be(new WindowRowFacts(5, 0, 0, WindowFlags.None));
        Read(table, Second).Should().Be(new WindowRowFacts(0, 0, 0, WindowFlags.Joined));
        table.Find(First with { Name = "US.3" }, AnyHash).Should().BeNegative();
    }

    [Fact]
    public void IsAt_AnotherInstanceOfTheName_IsNotTheRow()
    {
        var table = new WindowTable(16);
        table.Add(First, WindowFlags.None, AnyHash);
        var position = table.Find(First, AnyHash);

        table.IsAt(position, First.Bits, First.Name).Should().BeTrue();
        table.IsAt(position, First.Bits, name: null).Should().BeFalse();
        table.IsAt(position + 1, First.Bits, First.Name).Should().BeFalse();
        table.IsAt(99, First.Bits, First.Name).Should().BeFalse();
    }

    [Fact]
    public void Remove_Row_IsFoundNoMoreAndTakesNoFacts()
    {
        var table = new WindowTable(16);
        table.Add(First, WindowFlags.None, AnyHash);
        table.Add(Second, WindowFlags.None, AnyHash);
        var position = table.Find(First, AnyHash);
        table.Remove(position);

        table.Find(First, AnyHash).Should().BeNegative();
        table.Find(Second, AnyHash).Should().BePositive();
        table.TryRead(position, First.Bits, out _).Should().BeFalse();
        table.TryJoin(position, new WindowRowFacts(5, 0, 0, WindowFlags.None), checkAt: 0).Should().BeFalse();
        table.TryArm(position, 5).Should().BeFalse();
        table.Count.Should().Be(1);
    }

    /// <summary>A link that is out of date names the place of whoever stands there now.</summary>
    [Fact]
    public void TryReadLinked_PlaceOfAnother_ReadsNothing()
    {
        var phone = WindowKey.Of(1, Given.Phone);
        var table = new WindowTable(16);
        table.Add(First, WindowFlags.Joined, AnyHash);
        table.Add(Second, WindowFlags.Joined, AnyHash);
        var (first, second) = (table.Find(First, AnyHash), table.Find(Second, AnyHash));

        table.TryReadLinked(first, phone.Bits, First.Name, default(NoPause), out _, out var key).Should().BeTrue();
        key.Should().Be(First);
        table.TryReadLinked(second, phone.Bits, First.Name, default(NoPause), out _, out _).Should().BeFalse("it is a stranger's");
        table.TryReadLinked(first, phone.Bits, name: null, default(NoPause), out _, out _).Should().BeFalse("the phone is linked with nobody");
        table.TryReadLinked(first, WindowKey.Of(2, Given.Phone).Bits, First.Name, default(NoPause), out _, out _).Should().BeFalse("it is another number's");
        table.TryReadLinked(first, First.Bits, First.Name, default(NoPause), out _, out _).Should().BeFalse("it is the row itself");
        table.TryReadLinked(15, phone.Bits, First.Name, default(NoPause), out _, out _).Should().BeFalse("nobody is there");
        table.TryReadLinked(99, phone.Bits, First.Name, default(NoPause), out _, out _).Should().BeFalse("the table is smaller");
    }

    [Fact]
    public void MoveTo_Rows_TakesFactsFlagsAndTimersAlong()
    {
        var table = new WindowTable(16);
        var other = new WindowTable(24);
        var hash = WindowKey.Hash(First.Bits);
        table.Add(First, WindowFlags.Rare, hash);
        var position = table.Find(First, hash);
        table.TryJoin(position, new WindowRowFacts(5, 2, 3, WindowFlags.None), checkAt: 9).Should().BeTrue();
        table.MoveTo(other);

        other.TryRead(other.Find(First, hash), First.Bits, out var moved).Should().BeTrue();
        moved.Should().Be(new WindowRowFacts(5, 2, 3, WindowFlags.Rare));
        TakeDue(other, now: 8).Should().BeEmpty();
        TakeDue(other, now: 9).Should().Equal(First);
        table.TryRead(position, First.Bits, out _).Should().BeFalse("whoever comes late looks again");
        table.TryJoin(position, new WindowRowFacts(6, 0, 0, WindowFlags.None), checkAt: 0).Should().BeFalse();
        TakeDue(table, now: 9).Should().BeEmpty();
    }

    [Fact]
    public void TakeDue_AtTheLimit_LeavesTheRestDue()
    {
        var table = new WindowTable(64);
        var keys = Enumerable.Range(2, 40).Select(static i => new WindowKey((ulong)i, Name: null)).ToArray();
        foreach (var key in keys)
        {
            table.Add(key, WindowFlags.None, WindowKey.Hash(key.Bits));
            table.TryArm(table.Find(key, WindowKey.Hash(key.Bits)), at: 5).Should().BeTrue();
        }

        var first = TakeDue(table, now: 5, limit: 7);
        first.Should().HaveCount(7);
        TakeDue(table, now: 5).Concat(first).Should().BeEquivalentTo(keys);
        TakeDue(table, now: 5).Should().BeEmpty();
    }

    private static WindowRowFacts Read(WindowTable table, WindowKey key)
    {
        table.TryRead(table.Find(key, AnyHash), key.Bits, out var facts).Should().BeTrue();
        return facts;
    }

    private static List<WindowKey> TakeDue(WindowTable table, uint now, int limit = 100)
    {
        var taken = new List<(WindowKey Key, uint CheckAt)>();
        table.TakeDue(now, limit, taken);
        return taken.ConvertAll(static entry => entry.Key);
    }
}
