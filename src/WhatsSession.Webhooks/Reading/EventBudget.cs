namespace WhatsSession.Reading;

/// <summary>How many events and contacts may still be made of one payload.</summary>
internal sealed class EventBudget
{
    private int _left;
    private int _leftBefore;
    private int _returnable;
    private bool _wasFull;

    /// <summary>Whether the payload had more than were allowed.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Says how many may be made until the next call.</summary>
    public void Allow(int most)
    {
        _left = most;
        _returnable = most;
        IsFull = false;
        Mark();
    }

    /// <summary>Whether one more may be made.</summary>
    public bool Take()
    {
        if (_left == 0)
        {
            IsFull = true;
            return false;
        }

        _left--;
        return true;
    }

    /// <summary>Notes where <see cref="ReturnToMark"/> goes back to.</summary>
    public void Mark()
    {
        _leftBefore = _left;
        _wasFull = IsFull;
    }

    /// <summary>Takes back what was made since the mark, to be made again. Not more in all than was allowed: what is dropped costs memory too.</summary>
    public void ReturnToMark()
    {
        var returned = Math.Min(_leftBefore - _left, _returnable);
        _left += returned;
        _returnable -= returned;
        IsFull = _wasFull || (IsFull && _left < _leftBefore);
    }
}
