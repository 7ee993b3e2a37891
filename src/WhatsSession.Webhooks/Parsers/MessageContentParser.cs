using System.Text.Json;
using WhatsSession.Shared;

namespace WhatsSession.Parsers;

/// <summary>Reads the contents of the rarer kinds of messages. Each method reads the value that the reader stands on, whatever it is; null where it is not of the shape.</summary>
internal static class MessageContentParser
{
    public static LocationReceived? Location(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        var location = new LocationReceived();
        location.Latitude = location.Longitude = double.NaN;
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "latitude":
                    location.Latitude = JsonText.ReadDouble(ref reader) ?? double.NaN;
                    break;
                case "longitude":
                    location.Longitude = JsonText.ReadDouble(ref reader) ?? double.NaN;
                    break;
                case "name":
                    location.Name = JsonText.Read(ref reader);
                    break;
                case "address":
                    location.Address = JsonText.Read(ref reader);
                    break;
                case "url":
                    location.Url = JsonText.ReadUrl(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return location;
    }

    public static ReactionReceived? Reaction(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        var reaction = new ReactionReceived();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "message_id":
                    reaction.ReactedTo = MessageParser.ReadMessageId(ref reader);
                    break;
                case "emoji":
                    reaction.Emoji = JsonText.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        // Meta documents both a missing and an empty emoji for a removal.
        reaction.Emoji = reaction.Emoji is "" ? null : reaction.Emoji;
        return reaction;
    }

    public static OrderReceived? Order(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        var order = new OrderReceived();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "catalog_id":
                    order.CatalogId = JsonText.ReadId(ref reader) ?? "";
                    break;
                case "text":
                    order.Text = JsonText.Read(ref reader);
                    break;
                case "product_items":
                    order.Items = JsonText.ReadList(ref reader, Item);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return order;
    }

    public static SystemReceived? System(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        var notice = new SystemReceived();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "type":
                    notice.Notice = new SystemNotice(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "body":
                    notice.Body = JsonText.Read(ref reader);
                    break;
                case "wa_id" or "new_wa_id":
                    notice.NewPhone = ContactParser.ReadCustomer(ref reader);
                    break;
                case "user_id":
                    notice.NewBusinessScopedId = ContactParser.ReadCustomer(ref reader);
                    break;
                case "parent_user_id":
                    notice.NewParentBusinessScopedId = ContactParser.ReadCustomer(ref reader);
                    break;
                case "identity":
                    notice.Identity = Identity(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return notice;
    }

    /// <summary>Reads an identity: an object, or in older payloads the bare hash.</summary>
    public static CustomerIdentity? Identity(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return JsonText.Read(ref reader) is { } hash ? new CustomerIdentity { Hash = hash } : null;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        var identity = new CustomerIdentity();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "hash":
                    identity.Hash = JsonText.Read(ref reader);
                    break;
                case "acknowledged":
                    identity.IsAcknowledged = JsonText.ReadBoolean(ref reader);
                    break;
                case "created_timestamp":
                    identity.CreatedAt = Timestamps.ReadOptional(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return identity;
    }

    public static MessageEdited? Edit(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        var edit = new MessageEdited();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "original_message_id":
                    edit.OriginalMessageId = MessageParser.ReadMessageId(ref reader);
                    break;
                case "message":
                    edit.Message = EditedMessage(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return edit;
    }

    public static MessageRevoked? Revoke(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        var revoke = new MessageRevoked();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "original_message_id":
                    revoke.OriginalMessageId = MessageParser.ReadMessageId(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return revoke;
    }

    public static UnsupportedReceived? Unsupported(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        var unsupported = new UnsupportedReceived();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "type":
                    unsupported.UnsupportedKind = new CustomerEventKind(Utf8Interner.Read(ref reader) ?? "");
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return unsupported;
    }

    /// <summary>Reads the answer to a flow or, by its name, to a request for an address.</summary>
    public static MessageReceived? FormReply(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        string? kind = null, body = null, response = null;
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "name":
                    kind = JsonText.Read(ref reader);
                    break;
                case "body":
                    body = JsonText.Read(ref reader);
                    break;
                case "response_json":
                    response = JsonText.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return kind == "address_message"
            ? new AddressReplied { Body = body ?? "", ResponseJson = response ?? "" }
            : new FlowReplied { Name = kind ?? "", Body = body ?? "", ResponseJson = response ?? "" };
    }

    public static CallPermissionReplied? CallPermissionReply(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        var reply = new CallPermissionReplied();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "response":
                    reply.Response = new CallPermissionAnswer(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "is_permanent":
                    reply.IsPermanent = JsonText.ReadBoolean(ref reader);
                    break;
                case "expiration_timestamp":
                    reply.ExpiresAt = Timestamps.ReadOptional(ref reader);
                    break;
                case "response_source":
                    reply.Source = new CallPermissionSource(Utf8Interner.Read(ref reader) ?? "");
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return reply;
    }

    private static OrderItem Item(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var item = new OrderItem();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "product_retailer_id":
                    item.ProductRetailerId = JsonText.ReadId(ref reader) ?? "";
                    break;
                case "quantity":
                    item.Quantity = JsonText.ReadInt64(ref reader) ?? 0;
                    break;
                case "item_price":
                    item.Price = JsonText.ReadDecimal(ref reader);
                    break;
                case "currency":
                    item.Currency = JsonText.ReadId(ref reader) ?? "";
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return item;
    }

    private static MessageReceived? EditedMessage(ref Utf8JsonReader reader) =>
        JsonText.EntersObject(ref reader) ? MessageParser.ParseEdited(ref reader) : null;
}
