namespace WhatsSession;

/// <summary>
/// An event that this version does not know. <see cref="WhatsAppEvent.Field"/> says what it is about; <see cref="WhatsAppEvent.Raw"/> has the whole event.
/// </summary>
public sealed class UnknownEvent : WhatsAppEvent;
