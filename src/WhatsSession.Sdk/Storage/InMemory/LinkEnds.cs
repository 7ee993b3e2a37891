namespace WhatsSession.Storage.InMemory;

/// <summary>
/// The other ends of an identifier's links, each with the earliest second of the link. Mostly one, which is kept in place:
/// there are two of these for every customer of phone and BSUID.
/// </summary>
internal struct LinkEnds
{
    private ConversationKey _first;
    private List<(ConversationKey End, uint At)>? _more;
    private uint _firstAt;

    public readonly int Count => _first.Party.Length == 0 ? 0 : 1 + (_more?.Count ?? 0);

    public readonly ConversationKey this[int index] => index == 0 ? _first : _more![index - 1].End;

    /// <summary>The latest second of the links.</summary>
    public readonly uint Latest
    {
        get
        {
            var latest = _firstAt;
            for (var i = 1; i < Count; i++)
            {
                latest = Math.Max(latest, AtOf(i));
            }

            return latest;
        }
    }

    /// <summary>Whether there is a link of a time or before.</summary>
    public readonly bool Contains(ConversationKey end, uint at) => IndexOf(end) is >= 0 and var index && AtOf(index) <= at;

    /// <summary>Adds a link, or lowers its time.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Add(ConversationKey end, uint at)
    {
        var index = IndexOf(end);
        if (index == 0)
        {
            _firstAt = Math.Min(_firstAt, at);
            return false;
        }

        if (index > 0)
        {
            _more![index - 1] = (end, Math.Min(AtOf(index), at));
            return false;
        }

        if (Count == 0)
        {
            (_first, _firstAt) = (end, at);
        }
        else
        {
            (_more ??= new List<(ConversationKey, uint)>(1)).Add((end, at));
        }

        return true;
    }

    public void Remove(ConversationKey end)
    {
        if (_first == end)
        {
            (_first, _firstAt) = _more is [.., var last] ? last : default;
            _more?.RemoveAt(_more.Count - 1);
        }
        else
        {
            _more?.RemoveAll(other => other.End == end);
        }

        _more = _more is { Count: > 0 } ? _more : null;
    }

    private readonly uint AtOf(int index) => index == 0 ? _firstAt : _more![index - 1].At;

    private readonly int IndexOf(ConversationKey end)
    {
        for (var i = 0; i < Count; i++)
        {
            if (this[i] == end)
            {
                return i;
            }
        }

        return -1;
    }
}
