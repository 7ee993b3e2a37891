using System.Text.Json.Nodes;

namespace WhatsSession.Tests;

/// <summary>Payloads made for one test, and what the reader makes of them.</summary>
internal static class Payload
{
    public static List<WhatsAppEvent> Events(byte[] payload)
    {
        var events = new List<WhatsAppEvent>();
        WebhookReader.Read(payload, events).Should().BeNull();
        return events;
    }

    public static TEvent Single<TEvent>(byte[] payload)
        where TEvent : WhatsAppEvent => Events(payload).Should().ContainSingle().Which.Should().BeOfType<TEvent>().Subject;

    public static TEvent OfSample<TEvent>(string name)
        where TEvent : WhatsAppEvent => Single<TEvent>(Sample.Webhook(name));

    /// <summary>One message of the customer of the samples; the properties are JSON without braces.</summary>
    public static byte[] Message(string properties) =>
        Of($$"""{"metadata":{"phone_number_id":"{{Given.Number}}"},"messages":[{"from":"{{Given.Phone}}","id":"wamid.X","timestamp":"1794900000",{{properties}}}]}""");

    public static byte[] Of(string value) => Of(value, "messages");

    public static byte[] Of(string value, string field) =>
        Sample.Utf8($$"""{"object":"whatsapp_business_account","entry":[{"id":"{{Given.Account}}","changes":[{"value":{{value}},"field":"{{field}}"}]}]}""");

    /// <summary>A text, with content escaped as JSON wants it.</summary>
    public static byte[] Text(string text) => Message($$"""
        "type":"text","text":{"body":{{JsonValue.Create(text)!.ToJsonString()}}}
        """);

    /// <summary>What a store keeps.</summary>
    public static KeptEvent Kept(WhatsAppEvent received) => new()
    {
        Key = received.Key,
        Lane = received.Lane,
        Field = received.Field,
        Number = received.Number,
        Account = received.Account,
        Timestamp = received.Timestamp,
        Raw = received.Raw,
        Contact = received is CustomerEvent { Contact: { } contact } ? Write(contact) : default,
    };

    private static byte[] Write(Contact contact) => Sample.Utf8(new JsonObject
    {
        ["profile"] = new JsonObject { ["name"] = contact.Name, ["username"] = contact.Username },
        ["wa_id"] = contact.Phone?.Value,
        ["user_id"] = contact.BusinessScopedId?.Value,
        ["parent_user_id"] = contact.ParentBusinessScopedId?.Value,
        ["identity_key_hash"] = contact.IdentityHash,
        ["conversation_context"] = contact.ConversationSummary,
    }.ToJsonString());
}
