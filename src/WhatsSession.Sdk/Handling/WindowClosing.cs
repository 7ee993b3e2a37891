using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Alerts;
using WhatsSession.Json;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// The SDK tells that a customer service window is about to close. If the customer writes before the handler is called, or Meta refuses a message because the
/// window is closed, the alert is dropped.
/// </summary>
public sealed class WindowClosing : WindowEvent
{
    /// <summary>Makes the event by hand, for a test of a handler.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="opened">The customer's last qualifying event, which opened the window.</param>
    /// <param name="lead">How long before closing: zero to 24 hours.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lead"/> is out of its range.</exception>
    public WindowClosing(ConversationKey conversation, Instant opened, Duration lead)
        : this(new WindowAlert(WindowAlert.Planned(InRange(lead)), conversation, opened, IsLate: false).ToEvent(CustomerServiceWindow.ClosesAt(opened) - lead))
    {
    }

    internal WindowClosing(StoredEvent stored)
        : this(stored, WindowAlert.Restore(stored))
    {
    }

    private WindowClosing(StoredEvent stored, WindowAlert alert)
        : base(stored, alert) => Lead = alert.Lead;

    /// <summary>How long before closing the alert was asked for.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Duration Lead { get; }

    private static Duration InRange(Duration lead)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lead, Duration.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lead, CustomerServiceWindow.Length);
        return lead;
    }
}
