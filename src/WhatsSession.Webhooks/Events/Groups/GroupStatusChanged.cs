namespace WhatsSession;

/// <summary>Meta suspended a group, or lifted the suspension.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/webhooks">Meta, read May 2026.</see></remarks>
public sealed class GroupStatusChanged : GroupEvent;
