using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Alerts;
using WhatsSession.Json;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>The SDK tells that a customer service window is about to close.</summary>
public sealed class WindowClosing : WhatsAppEvent
{
    private readonly ConversationKey _conversation;

    /// <summary>Makes the event by hand, for a test of a handler.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="opened">The customer's last qualifying event, which opened the window.</param>
    /// <param name="lead">How long before closing: zero to 24 hours.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lead"/> is out of its range.</exception>
    public WindowClosing(ConversationKey conversation, Instant opened, Duration lead)
        : this(new WindowAlert(conversation, opened, InRange(lead), IsLate: false).ToEvent(CustomerServiceWindow.ClosesAt(opened) - lead))
    {
    }

    internal WindowClosing(StoredEvent stored)
        : base(stored.ToKept())
    {
        var alert = WindowAlert.Restore(stored);
        _conversation = alert.Conversation;
        Opened = alert.Anchor;
        Lead = alert.Lead;
        IsLate = alert.IsLate;
    }

    /// <summary>The customer's last qualifying event, which opened the window.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant Opened { get; }

    /// <summary>When the window closes: exclusive.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant ClosesAt => CustomerServiceWindow.ClosesAt(Opened);

    /// <summary>How long before closing the alert was asked for.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Duration Lead { get; }

    /// <summary>Whether the alert was raised more than a minute after it was due, as after an outage. The window may be closed by now.</summary>
    public bool IsLate { get; }

    /// <inheritdoc />
    public override ConversationKey? Conversation => _conversation;

    private static Duration InRange(Duration lead)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lead, Duration.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lead, CustomerServiceWindow.Length);
        return lead;
    }
}
