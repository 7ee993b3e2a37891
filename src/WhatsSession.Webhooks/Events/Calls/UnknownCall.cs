using WhatsSession.Events;

namespace WhatsSession;

/// <summary>
/// Something that happened to a call and that this version does not type. <see cref="Kind"/> says what, <see cref="WhatsAppEvent.Raw"/> has all of it.
/// </summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/reference">Meta, read November 2026.</see></remarks>
public sealed class UnknownCall : CallEvent
{
    /// <summary>Meta's <c>event</c>; empty when absent.</summary>
    public string Kind { get; init; } = "";

    // Of one kind a call may have many: they are told apart by what they say.
    internal override EventId Id => new("", "");

    private protected override string Part => Kind;
}
