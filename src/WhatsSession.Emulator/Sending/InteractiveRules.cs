using System.Text.Json;
using WhatsSession.Emulator.Http;

namespace WhatsSession.Emulator.Sending;

/// <summary>What Meta checks in an interactive message. A kind that the emulator does not know is checked in what all kinds share.</summary>
/// <remarks>
/// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages,
/// …/interactive-list-messages, …/interactive-cta-url-messages,
/// …/interactive-flow-messages, …/interactive-product-list-messages, …/location-request-messages,
/// …/address-messages, read 10 March 2026; …/interactive-carousel-messages, December 2025.
/// </remarks>
internal sealed class InteractiveRules(MediaRules media, FieldReader fields)
{
    private const int LongestBody = 1024;
    private const int LongestListBody = 4096;
    private const int LongestHeader = 60;
    private const int LongestFooter = 60;

    private static readonly string[] AllHeaders = ["text", "image", "video", "document"];
    private static readonly string[] TextHeader = ["text"];
    private static readonly string[] NoHeader = [];

    private readonly InteractiveActions _actions = new(fields);

    /// <returns>The body.</returns>
    public string Check(JsonElement interactive)
    {
        var type = fields.Text(interactive, "type", FieldReader.AnyLength);
        var (headers, hasFooter, needsBody, check) = Of(type);
        CheckHeader(interactive, type, headers, needed: type is "product_list");
        var text = "";
        if (needsBody || FieldReader.Has(interactive, "body"))
        {
            text = fields.Text(fields.Object(interactive, "body"), "text", type is "list" ? LongestListBody : LongestBody);
        }

        if (!hasFooter)
        {
            fields.Absent(interactive, "footer", $"an interactive message of type '{type}'");
        }
        else if (FieldReader.Has(interactive, "footer"))
        {
            fields.Text(fields.Object(interactive, "footer"), "text", LongestFooter);
        }

        var action = fields.Object(interactive, "action");
        if (fields.Error is null)
        {
            check(action);
        }

        return text;
    }

    private (string[] Headers, bool HasFooter, bool NeedsBody, Action<JsonElement> Check) Of(string type) => type switch
    {
        "button" => (AllHeaders, true, true, _actions.Buttons),
        "list" => (TextHeader, true, true, _actions.List),
        "cta_url" => (AllHeaders, true, true, _actions.CtaUrl),
        "location_request_message" => (NoHeader, false, true, a => _actions.Named(a, "send_location")),
        "address_message" => (AllHeaders, true, true, _actions.Address),
        "flow" => (AllHeaders, true, true, _actions.Flow),
        "product" => (NoHeader, true, false, _actions.Product),
        "product_list" => (TextHeader, true, true, _actions.ProductList),
        "catalog_message" => (NoHeader, true, true, a => _actions.Named(a, "catalog_message")),
        "carousel" => (NoHeader, false, true, Carousel),
        "call_permission_request" => (NoHeader, false, false, a => _actions.Named(a, "call_permission_request")),
        "voice_call" => (AllHeaders, true, true, _actions.VoiceCall),
        "request_contact_info" or "contact_request" => (NoHeader, true, true, a => _actions.Named(a, type)),
        "order_details" => (["image"], true, true, a => _actions.Order(a, "review_and_pay")),
        "order_status" => (NoHeader, true, true, a => _actions.Order(a, "review_order")),
        _ => (AllHeaders, true, false, static _ => { }),
    };

    private void CheckHeader(JsonElement parent, string type, string[] allowed, bool needed)
    {
        if (!FieldReader.Has(parent, "header"))
        {
            fields.Require(!needed, GraphError.Missing("header"));
            return;
        }

        var header = fields.Object(parent, "header");
        var kind = fields.Text(header, "type", FieldReader.AnyLength);
        fields.Require(allowed.Contains(kind, StringComparer.Ordinal), GraphError.BadValue($"A header of type '{kind}' is not allowed on '{type}'."));
        if (kind is "text")
        {
            fields.Text(header, "text", LongestHeader);
        }
        else if (fields.Error is null)
        {
            media.Check(fields.Object(header, kind), kind, fields);
        }
    }

    private void Carousel(JsonElement action)
    {
        var cards = fields.Objects(action, "cards", 2, 10);
        string? first = null;
        for (var i = 0; i < cards.Count && fields.Error is null; i++)
        {
            var card = cards[i];
            fields.Require(card, "card_index");
            fields.Require(
                fields.OptionalInteger(card, "card_index", 0, 9, i) == i,
                GraphError.BadValue($"'card_index' must count from 0; card {i} has another."));
            var shape = Card(card);
            first ??= shape;
            fields.Require(
                string.Equals(shape, first, StringComparison.Ordinal),
                GraphError.BadValue("Every card must have buttons of the same types and number."));
        }
    }

    /// <returns>What all cards must have in common.</returns>
    private string Card(JsonElement card)
    {
        var action = fields.Object(card, "action");
        if (string.Equals(fields.OptionalText(card, "type", FieldReader.AnyLength), "product", StringComparison.Ordinal))
        {
            fields.Absent(card, "header", "a product card");
            fields.Text(action, "product_retailer_id", FieldReader.AnyLength);
            return "product " + fields.Text(action, "catalog_id", FieldReader.AnyLength);
        }

        fields.Require(card, "header");
        CheckHeader(card, "carousel", ["image", "video"], needed: true);
        if (FieldReader.Has(card, "body"))
        {
            var text = fields.Text(fields.Object(card, "body"), "text", 160);
            fields.Require(text.Count(static c => c == '\n') <= 2, GraphError.BadValue("A card's body has at most two line breaks."));
        }

        if (!FieldReader.Has(action, "buttons"))
        {
            _actions.CtaUrl(action);
            return "cta_url";
        }

        var buttons = fields.Objects(action, "buttons", 1, 2);
        foreach (var button in buttons)
        {
            fields.Require(
                fields.Text(button, "type", FieldReader.AnyLength) is "quick_reply",
                GraphError.BadValue("A card's buttons are of type 'quick_reply'."));
            var reply = fields.Object(button, "quick_reply");
            fields.Text(reply, "id", 256);
            fields.Text(reply, "title", 20);
        }

        return $"quick_reply {buttons.Count}";
    }
}
