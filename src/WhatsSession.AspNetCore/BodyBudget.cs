namespace WhatsSession;

/// <summary>How many bytes of bodies all requests may hold at once. They come before any signature is checked, from anybody.</summary>
internal sealed class BodyBudget(long most)
{
    // What large bodies leave to small ones, as nearly all of Meta's are.
    private readonly long _mostOfLarge = most / 4 * 3;
    private long _taken;

    /// <summary>Takes bytes, if they are there.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="isLarge">Whether they are for a body that has outgrown its first buffer.</param>
    public bool TryTake(int bytes, bool isLarge)
    {
        if (Interlocked.Add(ref _taken, bytes) <= (isLarge ? _mostOfLarge : most))
        {
            return true;
        }

        Give(bytes);
        return false;
    }

    public void Give(int bytes) => Interlocked.Add(ref _taken, -bytes);
}
