using System.Text.Json;
using WhatsSession.Emulator.Http;

namespace WhatsSession.Emulator.Sending;

/// <summary>What Meta checks in the <c>action</c> of an interactive message, kind by kind.</summary>
/// <remarks>The pages named at <see cref="InteractiveRules"/>.</remarks>
internal sealed class InteractiveActions(FieldReader fields)
{
    private const int MostRows = 10;
    private const int MostProducts = 30;
    private const int LongestCall = 43_200;

    public void Named(JsonElement action, string name) =>
        fields.Require(
            string.Equals(fields.Text(action, "name", FieldReader.AnyLength), name, StringComparison.Ordinal),
            GraphError.BadValue($"'action.name' must be '{name}'."));

    public void Buttons(JsonElement action)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var titles = new HashSet<string>(StringComparer.Ordinal);
        foreach (var button in fields.Objects(action, "buttons", 1, 3))
        {
            fields.Require(fields.OptionalText(button, "type", FieldReader.AnyLength) is null or "reply", GraphError.BadValue("A button is of type 'reply'."));
            var reply = fields.Object(button, "reply");
            fields.Require(ids.Add(fields.Text(reply, "id", 256)), GraphError.BadValue("The button ids must differ."));
            fields.Require(titles.Add(fields.Text(reply, "title", 20)), GraphError.BadValue("The button titles must differ."));
        }
    }

    public void List(JsonElement action)
    {
        fields.Text(action, "button", 20);
        var sections = fields.Objects(action, "sections", 1, 10);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in sections)
        {
            CheckTitle(section, sections.Count);
            foreach (var row in fields.Objects(section, "rows", 1, MostRows))
            {
                fields.Require(ids.Add(fields.Text(row, "id", 200)), GraphError.BadValue("The row ids must differ."));
                fields.Text(row, "title", 24);
                fields.OptionalText(row, "description", 72);
            }
        }

        fields.Require(ids.Count <= MostRows, GraphError.BadValue($"A list takes at most {MostRows} rows in all its sections together, not {ids.Count}."));
    }

    public void CtaUrl(JsonElement action)
    {
        Named(action, "cta_url");
        var parameters = fields.Object(action, "parameters");
        fields.Text(parameters, "display_text", 20);
        var url = fields.Text(parameters, "url", FieldReader.AnyLength);
        fields.Require(
            Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https"),
            GraphError.BadValue("'url' is not an http or https URL."));
    }

    public void Address(JsonElement action)
    {
        Named(action, "address_message");
        var country = fields.Text(fields.Object(action, "parameters"), "country", FieldReader.AnyLength);
        fields.Require(country is "IN", GraphError.BadValue("'country' must be 'IN': address messages exist in India alone."));
    }

    public void Flow(JsonElement action)
    {
        Named(action, "flow");
        var parameters = fields.Object(action, "parameters");
        fields.Require(
            fields.Text(parameters, "flow_message_version", FieldReader.AnyLength) is "3",
            GraphError.BadValue("'flow_message_version' must be '3'."));
        fields.Require(
            FieldReader.Has(parameters, "flow_id") != FieldReader.Has(parameters, "flow_name"),
            GraphError.Missing("flow_id or flow_name, one of them"));
        fields.Text(parameters, "flow_cta", 30);
        fields.Require(
            fields.OptionalText(parameters, "mode", FieldReader.AnyLength) is null or "draft" or "published",
            GraphError.BadValue("'mode' must be 'draft' or 'published'."));
        var kind = fields.OptionalText(parameters, "flow_action", FieldReader.AnyLength) ?? "navigate";
        fields.Require(kind is "navigate" or "data_exchange", GraphError.BadValue("'flow_action' must be 'navigate' or 'data_exchange'."));
        if (kind is "navigate")
        {
            var payload = fields.Object(parameters, "flow_action_payload");
            fields.Text(payload, "screen", FieldReader.AnyLength);
            fields.Require(
                !FieldReader.Has(payload, "data") || (payload.GetProperty("data") is { ValueKind: JsonValueKind.Object } data && data.EnumerateObject().Any()),
                GraphError.BadValue("'flow_action_payload.data' must be an object with at least one property."));
        }
    }

    public void Product(JsonElement action)
    {
        fields.Text(action, "catalog_id", FieldReader.AnyLength);
        fields.Text(action, "product_retailer_id", FieldReader.AnyLength);
    }

    public void ProductList(JsonElement action)
    {
        fields.Text(action, "catalog_id", FieldReader.AnyLength);
        CheckProducts(action, section =>
            fields.Objects(section, "product_items", 1, MostProducts).Select(i => fields.Text(i, "product_retailer_id", FieldReader.AnyLength)).Count());
    }

    /// <summary>At most ten sections, and thirty products in all of them together.</summary>
    public void CheckProducts(JsonElement parent, Func<JsonElement, int> count)
    {
        var sections = fields.Objects(parent, "sections", 1, 10);
        var products = 0;
        foreach (var section in sections)
        {
            CheckTitle(section, sections.Count);
            products += count(section);
        }

        fields.Require(products <= MostProducts, GraphError.BadValue($"At most {MostProducts} products are allowed in all sections together, not {products}."));
    }

    public void VoiceCall(JsonElement action)
    {
        Named(action, "voice_call");
        if (FieldReader.Has(action, "parameters"))
        {
            var parameters = fields.Object(action, "parameters");
            fields.OptionalText(parameters, "display_text", 20);
            fields.OptionalText(parameters, "payload", 512);
            fields.OptionalInteger(parameters, "ttl_minutes", 1, LongestCall, 1);
        }
    }

    public void Order(JsonElement action, string name)
    {
        Named(action, name);
        var parameters = fields.Object(action, "parameters");
        fields.Text(parameters, "reference_id", FieldReader.AnyLength);
        fields.Object(parameters, "order");
    }

    private void CheckTitle(JsonElement section, int sections)
    {
        var title = fields.OptionalText(section, "title", 24);
        fields.Require(sections == 1 || !string.IsNullOrEmpty(title), GraphError.Missing("title"));
    }
}
