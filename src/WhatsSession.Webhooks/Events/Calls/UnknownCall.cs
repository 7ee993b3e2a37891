using WhatsSession.Events;

namespace WhatsSession;

/// <summary>A call event that this version does not know. <see cref="Kind"/> says what happened; <see cref="WhatsAppEvent.Raw"/> has the whole event.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/reference">Meta, read November 2026.</see></remarks>
public sealed class UnknownCall : CallEvent
{
    /// <summary>Meta's <c>event</c>; empty when absent.</summary>
    public string Kind { get; init; } = "";

    // Of one kind a call may have many: they are told apart by what they say.
    internal override EventId Id => new("", "");

    private protected override string Part => Kind;
}
