namespace WhatsSession;

/// <summary>A customer opened the chat for the first time, and the number has a welcome message enabled.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/conversational-components">Meta,
/// read November 2025.</see>
/// </remarks>
public sealed class WelcomeRequested : MessageReceived;
