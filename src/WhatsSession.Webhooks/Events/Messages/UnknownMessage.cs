namespace WhatsSession;

/// <summary>
/// A message by a customer of a kind that this version does not know. <see cref="MessageReceived.Kind"/> says which kind; <see cref="WhatsAppEvent.Raw"/> has
/// the whole message.
/// </summary>
public sealed class UnknownMessage : MessageReceived;
