using System.Threading.Channels;

namespace WhatsSession.Handling;

/// <summary>Tells the loop of the host that something may be due. Whoever brings something about that is to be handled takes it.</summary>
internal sealed class WakeUp
{
    // One wake-up that nobody has seen yet is enough.
    private readonly Channel<bool> _signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Wake() => _signal.Writer.TryWrite(true);

    /// <summary>Waits for the next wake-up, or takes the one that nobody has seen yet. For one waiter.</summary>
    public async ValueTask WaitAsync() => await _signal.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
}
