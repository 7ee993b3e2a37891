namespace WhatsSession;

/// <summary>
/// An event that this version does not type: <see cref="WhatsAppEvent.Field"/> says what it is about, <see cref="WhatsAppEvent.Raw"/> has all of it.
/// </summary>
public sealed class UnknownEvent : WhatsAppEvent;
