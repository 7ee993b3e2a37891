namespace WhatsSession;
/// <summary>x</summary>
public sealed class Received<TEvent> where TEvent : WhatsAppEvent { }
