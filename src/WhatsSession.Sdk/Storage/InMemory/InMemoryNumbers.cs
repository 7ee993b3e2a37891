using System.Collections.Concurrent;
using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>
/// The business numbers that the store in memory has met. Finding and adding are thread safe; what is noted of them is noted under the store's gate.
/// </summary>
internal sealed class InMemoryNumbers
{
    private readonly ConcurrentDictionary<PhoneNumberId, InMemoryNumber> _byId = new();
    private readonly Dictionary<BusinessAccountId, MessagingRestriction> _restrictions = [];
#pragma warning disable MA0158 // System.Threading.Lock came with .NET 9, and the library serves .NET 8 too.
    private readonly object _gate = new();
#pragma warning restore MA0158
    private readonly List<InMemoryNumber> _added = [];

    // Replaced, never changed.
    private WindowIndex[] _indexes = [];

    /// <summary>Where the rows of all numbers are: one, unless there are hundreds of numbers.</summary>
    public IReadOnlyList<WindowIndex> Indexes => Volatile.Read(ref _indexes);

    public InMemoryNumber? Find(PhoneNumberId id) => _byId.TryGetValue(id, out var number) ? number : null;

    public InMemoryNumber GetOrAdd(PhoneNumberId id)
    {
        if (Find(id) is { } known)
        {
            return known;
        }

        lock (_gate)
        {
            return Find(id) ?? Add(id);
        }
    }

    /// <summary>The number whose row it is.</summary>
    /// <param name="index">The position in <see cref="Indexes"/>.</param>
    /// <param name="key">The key of the row.</param>
    public PhoneNumberId IdOf(int index, WindowKey key)
    {
        lock (_gate)
        {
            return _added[(index * WindowKey.MaximumNumbers) + key.Number - 1].Id;
        }
    }

    /// <summary>Notes which number and account an event is of, and since when the number has events.</summary>
    public void Note(StoredEvent stored)
    {
        if (stored.Number is not { } id)
        {
            return;
        }

        var number = GetOrAdd(id);
        var known = number.Facts;
        var account = stored.Account ?? known.Account;
        var since = known.HistorySince is { } earlier ? Instant.Min(stored.ReceivedAt, earlier) : stored.ReceivedAt;
        if (since != known.HistorySince || account != known.Account)
        {
            number.Facts = new NumberFacts(since, account, _restrictions.GetValueOrDefault(account));
        }
    }

    /// <summary>Joins what Meta said of an account.</summary>
    public void Note(BusinessAccountId account, MessagingRestriction restriction)
    {
        var latest = MessagingRestriction.Later(_restrictions.GetValueOrDefault(account), restriction)!;
        _restrictions[account] = latest;
        foreach (var (_, number) in _byId)
        {
            if (number.Facts.HistorySince is not null && number.Facts.Account == account)
            {
                number.Facts = number.Facts with { Restriction = latest };
            }
        }
    }

    private InMemoryNumber Add(PhoneNumberId id)
    {
        var index = _added.Count % WindowKey.MaximumNumbers;
        if (index == 0)
        {
            Volatile.Write(ref _indexes, [.. _indexes, new WindowIndex()]);
        }

        var number = new InMemoryNumber(id, _indexes[^1], index + 1);
        _added.Add(number);
        _byId[id] = number;
        return number;
    }
}
