using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Alerts;
using WhatsSession.Json;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// The SDK tells that a customer wrote in a window of which you were already told that it is about to close, or that it closed: that alert no longer holds. It
/// closed only in appearance if the customer's message arrived late. A message after the end of a window extends nothing: it opens another window.
/// </summary>
public sealed class WindowExtended : WindowEvent
{
    /// <summary>Makes the event by hand, for a test of a handler.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="openedBefore">The customer's event of the alert that no longer holds.</param>
    /// <param name="opened">The customer's event that extends the window: later, by 24 hours at most.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="opened"/> is out of its range.</exception>
    public WindowExtended(ConversationKey conversation, Instant openedBefore, Instant opened)
        : this(new WindowAlert(WindowAlert.PlannedExtended, conversation, openedBefore, IsLate: false)
        {
            ExtendedBy = InRange(openedBefore, opened),
        }.ToEvent(opened))
    {
    }

    internal WindowExtended(StoredEvent stored)
        : this(stored, WindowAlert.Restore(stored))
    {
    }

    private WindowExtended(StoredEvent stored, WindowAlert alert)
        : base(stored, alert) => OpenedBefore = alert.Anchor;

    /// <summary>
    /// The customer's event of the alert that no longer holds: <see cref="WindowEvent.Opened"/> of that <see cref="WindowClosing"/> or
    /// <see cref="WindowClosed"/>.
    /// </summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant OpenedBefore { get; }

    private static Instant InRange(Instant openedBefore, Instant opened)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(opened, openedBefore);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(opened, CustomerServiceWindow.ClosesAt(openedBefore));
        return opened;
    }
}
