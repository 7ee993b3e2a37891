using System.Buffers.Binary;
using System.Text;
using NodaTime;

namespace WhatsSession.Handling;

/// <summary>One run of one handler on one event: under which ids it replies, and whether a reply has to wait.</summary>
/// <param name="key">The event.</param>
/// <param name="handler">The name of the handler.</param>
/// <param name="attempt">Which try it is: 1 for the first.</param>
internal sealed class HandlerRun(EventKey key, string handler, int attempt)
{
    private int _replies;
    private int _scheduled;
    private volatile ReplyPostponedException? _postponed;

    /// <summary>Which try it is: 1 for the first.</summary>
    public int Attempt => attempt;

    /// <summary>Whether somebody in this process waited for the message and got it.</summary>
    public bool WasAwaited { get; init; }

    /// <summary>The reply that could not go; null when there is none. It stays, whatever the handler does about it.</summary>
    public ReplyPostponedException? Postponed => _postponed;

    /// <summary>The id of the next reply: that of the same reply in every other run.</summary>
    public IntentId NextReply() => Next(Interlocked.Increment(ref _replies));

    /// <summary>The id of the next message that is scheduled: that of the same message in every other run, and of no reply.</summary>
    public IntentId NextScheduled() => Next(-Interlocked.Increment(ref _scheduled));

    private IntentId Next(int ordinal)
    {
        Span<byte> stack = stackalloc byte[256];
        var most = EventKey.Length + sizeof(int) + Encoding.UTF8.GetMaxByteCount(handler.Length);
        var identity = most <= stack.Length ? stack : new byte[most];
        key.WriteTo(identity);
        BinaryPrimitives.WriteInt32BigEndian(identity[EventKey.Length..], ordinal);
        var used = EventKey.Length + sizeof(int);
        used += Encoding.UTF8.GetBytes(handler, identity[used..]);
        return IntentId.Naming(identity[..used]);
    }

    /// <summary>Lets the event wait. Of several replies the one counts that waits longest; that is the one without a time, where there is one.</summary>
    public ReplyPostponedException Postpone(SendOutcome outcome, Instant? retryAt, Exception? innerException = null)
    {
        var postponed = new ReplyPostponedException(outcome, retryAt, innerException);
        if (_postponed is not { } before || retryAt is null || before.RetryAt < retryAt)
        {
            _postponed = postponed;
        }

        return postponed;
    }
}
