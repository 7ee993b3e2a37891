namespace WhatsSession;

/// <summary>
/// A message by a customer of a kind that this version does not type. Its <see cref="MessageReceived.Kind"/> says which,
/// its <see cref="WhatsAppEvent.Raw"/> has all of it.
/// </summary>
public sealed class UnknownMessage : MessageReceived;
