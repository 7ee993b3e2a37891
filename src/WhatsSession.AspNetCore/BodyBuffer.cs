using System.Buffers;

namespace WhatsSession;

/// <summary>What has arrived of a body. It grows with that, whatever length is announced, and within the budget of all requests.</summary>
internal sealed class BodyBuffer : IDisposable
{
    /// <summary>Who sends nothing yet is given no more than this.</summary>
    private const int FirstBuffer = 16 * 1024;

    /// <summary>Larger ones are left to the garbage collector: the pool would keep them.</summary>
    private const int LargestPooled = 64 * 1024;

    private readonly BodyBudget _budget;
    private byte[] _bytes = Rent(FirstBuffer);
    private int _size = FirstBuffer; // As asked for: the pool may give more.

    private BodyBuffer(BodyBudget budget) => _budget = budget;

    /// <summary>How much has arrived.</summary>
    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Where the next bytes go; empty when it has to grow.</summary>
    public Memory<byte> Free => _bytes.AsMemory(Length, _size - Length);

    /// <returns>Null when all requests together hold too much already.</returns>
    public static BodyBuffer? TryMake(BodyBudget budget) => budget.TryTake(FirstBuffer, isLarge: false) ? new BodyBuffer(budget) : null;

    public void Advance(int read) => Length += read;

    /// <summary>Makes room.</summary>
    /// <param name="most">The most that it will hold.</param>
    /// <returns>False when all requests together hold too much already.</returns>
    public bool TryGrow(long most)
    {
        var size = (int)Math.Max(Math.Min(2L * _size, most), _size + 1L);
        if (!_budget.TryTake(size, isLarge: true))
        {
            return false;
        }

        byte[] bytes;
        try
        {
            bytes = Rent(size);
        }
        catch (OutOfMemoryException)
        {
            _budget.Give(size);
            return false;
        }

        var former = _size;
        Written.CopyTo(bytes);
        Return();
        _budget.Give(former);
        (_bytes, _size) = (bytes, size);
        return true;
    }

    public void Dispose()
    {
        Return();
        _budget.Give(_size);
        (_bytes, _size) = ([], 0);
    }

    private static byte[] Rent(int size) =>
        size <= LargestPooled ? ArrayPool<byte>.Shared.Rent(size) : GC.AllocateUninitializedArray<byte>(size);

    private void Return()
    {
        if (_size is > 0 and <= LargestPooled)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }
}
