using System.Text.Json;
using WhatsSession.Shared;
using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>Reads the contents of the rarer kinds of messages; null where the value is not of the shape.</summary>
internal static class MessageContentParser
{
    public static LocationReceived? Location(in ObjectReader o) => !o.IsPresent ? null : new LocationReceived
    {
        Latitude = o.Number("latitude"u8) ?? double.NaN,
        Longitude = o.Number("longitude"u8) ?? double.NaN,
        Name = o.Text("name"u8),
        Address = o.Text("address"u8),
        Url = o.Url("url"u8),
    };

    public static ReactionReceived? Reaction(in ObjectReader o) => !o.IsPresent ? null : new ReactionReceived
    {
        ReactedTo = o.Message("message_id"u8),
        // Meta documents both a missing and an empty emoji for a removal.
        Emoji = o.Text("emoji"u8) is { Length: > 0 } emoji ? emoji : null,
    };

    public static OrderReceived? Order(in ObjectReader o) => !o.IsPresent ? null : new OrderReceived
    {
        CatalogId = o.Id("catalog_id"u8) ?? "",
        Text = o.Text("text"u8),
        Items = o.List("product_items"u8, Item),
    };

    public static SystemReceived? System(in ObjectReader o) => !o.IsPresent ? null : new SystemReceived
    {
        Notice = o.Word("type"u8, static name => new SystemNotice(name)),
        Body = o.Text("body"u8),
        NewPhone = o.Customer("wa_id"u8) ?? o.Customer("new_wa_id"u8),
        NewBusinessScopedId = o.Customer("user_id"u8),
        NewParentBusinessScopedId = o.Customer("parent_user_id"u8),
        PreviousBusinessScopedId = o.Customer("previous_user_id"u8),
        PreviousParentBusinessScopedId = o.Customer("previous_parent_user_id"u8),
        Identity = o.Object("identity"u8, Identity) ?? BareIdentity(o.Text("identity"u8)),
    };

    /// <summary>Reads an identity: an object, or in older payloads the bare hash.</summary>
    public static CustomerIdentity? Identity(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.StartObject ? Identity(ObjectReader.Read(utf8, ref reader)) : BareIdentity(JsonText.Read(ref reader));

    /// <summary>Reads an edit. With the reader itself: the texts of the message inside stand in the slice of the event.</summary>
    public static MessageEdited? Edit(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        MessageId? original = null;
        MessageReceived? message = null;
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("original_message_id"u8))
            {
                original = MessageParser.ReadMessageId(ref reader);
            }
            else if (name.SequenceEqual("message"u8))
            {
                message = JsonText.EntersObject(ref reader) ? MessageParser.ParseEdited(utf8, ref reader) : null;
            }
            else
            {
                reader.Skip();
            }
        }

        return new MessageEdited { OriginalMessageId = original, Message = message };
    }

    public static MessageRevoked? Revoke(in ObjectReader o) =>
        !o.IsPresent ? null : new MessageRevoked { OriginalMessageId = o.Message("original_message_id"u8) };

    public static UnsupportedReceived? Unsupported(in ObjectReader o) =>
        !o.IsPresent ? null : new UnsupportedReceived { UnsupportedKind = o.Word("type"u8, static name => new CustomerEventKind(name)) };

    /// <summary>What a copy says of the template that was sent; the language is a text or, as in a send, an object.</summary>
    public static TemplateEchoed? Template(in ObjectReader o) => !o.IsPresent ? null : new TemplateEchoed
    {
        TemplateName = o.Id("name"u8) ?? "",
        Language = o.Object("language"u8).Word("code"u8) ?? o.Word("language"u8) ?? "",
        Category = o.Word("category"u8) is { } category ? new TemplateCategory(category) : null,
        Status = o.Word("status"u8) is { } status ? new TemplateStatus(status) : null,
    };

    /// <summary>Reads the answer to a flow or, by its name, to a request for an address.</summary>
    public static MessageReceived? FormReply(in ObjectReader o)
    {
        if (!o.IsPresent)
        {
            return null;
        }

        var (kind, body, response) = (o.Text("name"u8) ?? "", o.Text("body"u8) ?? "", o.Text("response_json"u8) ?? "");
        return kind == "address_message"
            ? new AddressReplied { Body = body, ResponseJson = response }
            : new FlowReplied { Name = kind, Body = body, ResponseJson = response };
    }

    public static CallPermissionReplied? CallPermissionReply(in ObjectReader o) => !o.IsPresent ? null : new CallPermissionReplied
    {
        Response = o.Word("response"u8, static name => new CallPermissionAnswer(name)),
        IsPermanent = o.Flag("is_permanent"u8),
        ExpiresAt = o.Time("expiration_timestamp"u8),
        Source = o.Word("response_source"u8, static name => new CallPermissionSource(name)),
    };

    public static PaymentMethodChosen? PaymentMethod(in ObjectReader o) => !o.IsPresent ? null : new PaymentMethodChosen
    {
        Method = o.Word("payment_method"u8) ?? "",
        ReferenceId = o.Id("reference_id"u8) ?? "",
        ChosenAt = o.Time("payment_timestamp"u8),
        CardDigits = o.Id("last_four_digits"u8),
    };

    private static CustomerIdentity Identity(in ObjectReader o) => new()
    {
        Hash = o.Text("hash"u8),
        IsAcknowledged = o.Flag("acknowledged"u8),
        CreatedAt = o.Time("created_timestamp"u8),
    };

    private static CustomerIdentity? BareIdentity(string? hash) => hash is null ? null : new CustomerIdentity { Hash = hash };

    private static OrderItem Item(in ObjectReader o) => new()
    {
        ProductRetailerId = o.Id("product_retailer_id"u8) ?? "",
        Quantity = o.Whole("quantity"u8) ?? 0,
        Price = o.Exact("item_price"u8),
        Currency = o.Id("currency"u8) ?? "",
    };
}
