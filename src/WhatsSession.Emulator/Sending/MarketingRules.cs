using System.Text.Json;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Templates;

namespace WhatsSession.Emulator.Sending;

/// <summary>What the Marketing Messages API asks for beyond a template message: <c>POST /{phone-number-id}/marketing_messages</c>.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/marketing-messages, as of November 2026.</remarks>
internal static class MarketingRules
{
    /// <summary>The price category of what is sent this way.</summary>
    public const string Category = "marketing_lite";

    public static void Check(JsonElement root, SendEnvelope envelope, FieldReader fields)
    {
        fields.Require(
            envelope.IsTemplate && !envelope.IsToGroup,
            GraphError.Invalid("The Marketing Messages API takes template messages to one customer alone."));
        fields.Require(
            fields.OptionalText(root, "product_policy", FieldReader.AnyLength) is null or "CLOUD_API_FALLBACK" or "STRICT",
            GraphError.Invalid("Param 'product_policy' must be 'CLOUD_API_FALLBACK' or 'STRICT'."));
        fields.OptionalBoolean(root, "message_activity_sharing");
    }

    /// <returns>Why a marketing template fails after having been accepted; null when it does not.</returns>
    /// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/marketing-templates, read 10 March 2026.</remarks>
    public static GraphError? Failure(Template? template, in Addressee addressee) =>
        template is { Category: "MARKETING" } && IsPlusOne(addressee.Phone ?? addressee.Customer?.Phone) ? GraphError.MarketingNotDelivered : null;

    /// <summary>A number of +1, where marketing is not delivered, but for the area code 555, which nobody has: it is for examples.</summary>
    private static bool IsPlusOne(string? phone) => phone is ['1', .. var rest] && rest.Length == 10 && !rest.StartsWith("555", StringComparison.Ordinal);

    /// <returns>Why the template does not go this way, or not the other; null when it does.</returns>
    public static GraphError? Refusal(Template template, bool isMarketing) =>
        isMarketing && template.Category is not "MARKETING" ? GraphError.NotAMarketingTemplate
        : !isMarketing && template.Shape.HeaderFormat is "GIF" ? GraphError.Invalid("A template with a GIF is sent with the Marketing Messages API alone.")
        : null;
}
