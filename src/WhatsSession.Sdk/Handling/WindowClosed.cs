using NodaTime;
using WhatsSession.Alerts;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// The SDK tells that a customer service window has closed: 24 hours have passed since the customer's last message. It is raised once for each window that
/// ends, also for a window in which Meta refused a message, and also when the customer has written again since.
/// </summary>
public sealed class WindowClosed : WindowEvent
{
    private bool _hasWrittenSince;

    /// <summary>Makes the event by hand, for a test of a handler.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="opened">The customer's last qualifying event before the window closed.</param>
    public WindowClosed(ConversationKey conversation, Instant opened)
        : this(new WindowAlert(WindowAlert.PlannedClosed, conversation, opened, IsLate: false).ToEvent(CustomerServiceWindow.ClosesAt(opened)))
    {
    }

    internal WindowClosed(StoredEvent stored)
        : this(stored, WindowAlert.Restore(stored))
    {
    }

    private WindowClosed(StoredEvent stored, WindowAlert alert)
        : base(stored, alert) => WasRefused = alert.WasRefused;

    /// <summary>
    /// Whether Meta had refused a message in this window because it was closed, so that it was over before <see cref="WindowEvent.ClosesAt"/>. You were told by
    /// <see cref="SessionMessageRefused"/>, or by the outcome of the send.
    /// </summary>
    public bool WasRefused { get; }

    /// <summary>Whether the customer has written again by now, so that another window is open or was open.</summary>
    public bool HasWrittenSince
    {
        get => _hasWrittenSince;
        init => _hasWrittenSince = value;
    }

    internal void SetWrittenSince(bool value) => _hasWrittenSince = value;
}
