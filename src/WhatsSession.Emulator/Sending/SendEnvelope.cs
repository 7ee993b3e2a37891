using System.Text.Json;
using WhatsSession.Emulator.Http;

namespace WhatsSession.Emulator.Sending;

/// <summary>What every message request has around its content.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages, 21 May 2026.</remarks>
internal sealed record SendEnvelope
{
    private const int LongestOpaqueData = 512;
    private const int LongestDirectBody = 1024;

    public required string Type { get; init; }

    public required string? To { get; init; }

    public required string? Recipient { get; init; }

    public required bool IsToGroup { get; init; }

    /// <summary>Marks a Direct Send: a free-form body that Meta turns into a template.</summary>
    public required string? Category { get; init; }

    /// <summary>How long a Direct Send may wait for the customer's phone, in seconds.</summary>
    public int? TtlSeconds { get; private init; }

    public required string? OpaqueData { get; init; }

    public bool IsTemplate => Is("template");

    public bool Is(string type) => string.Equals(Type, type, StringComparison.Ordinal);

    /// <returns>The envelope; worth something only while the reader has no error.</returns>
    public static SendEnvelope Read(JsonElement root, FieldReader fields)
    {
        var recipientType = fields.OptionalText(root, "recipient_type", FieldReader.AnyLength);
        if (recipientType is not (null or "individual" or "group"))
        {
            fields.Refuse(GraphError.Invalid($"Param 'recipient_type' must be 'individual' or 'group', not '{recipientType}'."));
        }

        var envelope = new SendEnvelope
        {
            IsToGroup = recipientType is "group",
            Type = fields.OptionalText(root, "type", FieldReader.AnyLength) ?? "text",
            To = NullIfEmpty(fields.OptionalText(root, "to", FieldReader.AnyLength)),
            Recipient = NullIfEmpty(fields.OptionalText(root, "recipient", FieldReader.AnyLength)),
            Category = fields.OptionalText(root, "category", FieldReader.AnyLength),
            TtlSeconds = TtlOf(root),
            OpaqueData = fields.OptionalText(root, "biz_opaque_callback_data", LongestOpaqueData),
        };
        fields.RequireGiven((envelope.To ?? (envelope.IsToGroup ? null : envelope.Recipient)) is not null, "to");

        if (FieldReader.Has(root, "context"))
        {
            fields.Text(fields.Object(root, "context"), "message_id", FieldReader.AnyLength);
        }

        // Whose of several partners' accounts pays, since September 2026; the second name holds until 31 December 2026. Here there is one.
        fields.OptionalText(root, "messaging_account_id", FieldReader.AnyLength);
        fields.OptionalText(root, "paid_messaging_account_id", FieldReader.AnyLength);
        CheckDirectSend(root, envelope, fields);
        return envelope;
    }

    /// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/direct-send, 31 July 2026.</remarks>
    private static void CheckDirectSend(JsonElement root, SendEnvelope envelope, FieldReader fields)
    {
        var hasTtl = FieldReader.Has(root, "ttl_seconds");
        if (envelope.Category is null)
        {
            if (hasTtl)
            {
                fields.Refuse(GraphError.Invalid("Param 'ttl_seconds' needs 'category'."));
            }

            return;
        }

        fields.Require(
            envelope.Category is ("utility" or "authentication") && envelope.Type is ("text" or "interactive"),
            GraphError.Invalid("Param 'category' is for text and interactive messages, with the value 'utility' or 'authentication'."));
        fields.Require(
            envelope.Category is "utility" || envelope.Type is "text",
            GraphError.Invalid("Param 'category' with the value 'authentication' is for text messages."));
        CheckDirectContent(root, envelope.Type, fields);
        var longest = envelope.Category is "utility" ? 43_200 : 900;
        fields.Require(
            !hasTtl || (envelope.TtlSeconds >= 30 && envelope.TtlSeconds <= longest),
            GraphError.Invalid($"Param 'ttl_seconds' must be a number from 30 to {longest}."));
    }

    /// <summary>
    /// What a template may be made of: a body of a template's length, under a header of text or a file, over buttons for replies, a URL or a call.
    /// </summary>
    private static void CheckDirectContent(JsonElement root, string type, FieldReader fields)
    {
        if (fields.Error is not null || !FieldReader.Has(root, type))
        {
            return;
        }

        var content = root.GetProperty(type);
        if (type is "text")
        {
            fields.OptionalText(content, "body", LongestDirectBody);
            return;
        }

        var kind = fields.OptionalText(content, "type", FieldReader.AnyLength);
        fields.Require(
            kind is null or "button" or "cta_url" or "voice_call",
            GraphError.Invalid($"An interactive message of type '{kind}' cannot be sent with 'category': use button, cta_url or voice_call."));
    }

    private static int? TtlOf(JsonElement root) =>
        FieldReader.Has(root, "ttl_seconds") && root.GetProperty("ttl_seconds") is { ValueKind: JsonValueKind.Number } ttl && ttl.TryGetInt32(out var seconds)
            ? seconds
            : null;

    private static string? NullIfEmpty(string? text) => text is "" ? null : text;
}
