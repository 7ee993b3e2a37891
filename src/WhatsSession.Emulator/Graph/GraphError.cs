using System.Security.Cryptography;
using System.Text.Json;

namespace WhatsSession.Emulator;

/// <summary>An error of the Graph API, with the code and the HTTP status of Meta's table.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes, 12 December 2025.</remarks>
internal sealed record GraphError(int HttpStatus, int Code, string Title)
{
    private const string Reference = "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes";

    public static readonly GraphError Reengagement = new(400, 131047, "Re-engagement message")
    {
        Details = "More than 24 hours have passed since the recipient last replied.",
    };

    public static readonly GraphError Undeliverable = new(400, 131026, "Message undeliverable") { Details = "Message undeliverable." };

    public static readonly GraphError UserIdNotSupported = new(400, 131062, "BSUID recipients not supported")
    {
        Details = "Business-scoped User ID recipients are not supported for this message.",
    };

    public static readonly GraphError SenderIsRecipient = new(400, 131021, "Recipient cannot be sender")
    {
        Details = "The sender and the recipient phone numbers are the same.",
    };

    public static readonly GraphError BadToken = new(401, 190, "Invalid OAuth access token - Cannot parse access token") { Subcode = 467, Bare = true };

    public static readonly GraphError GroupsNotEnabled = new(500, 131000, "Something went wrong") { Details = "Groups are not enabled for this phone number." };

    public string? Details { get; init; }

    public int? Subcode { get; init; }

    /// <summary>The message stands alone, without its code in front: errors of the Graph API itself.</summary>
    public bool Bare { get; init; }

    public static GraphError Invalid(string details) => new(400, 100, "Invalid parameter") { Details = details };

    public static GraphError Missing(string parameter) => new(400, 131008, "Required parameter is missing") { Details = $"Parameter '{parameter}' is required." };

    public static GraphError BadValue(string details) => new(400, 131009, "Parameter value is not valid") { Details = details };

    public static GraphError UnsupportedType(string type) => new(400, 131051, "Unsupported message type") { Details = $"Message type '{type}' is not supported." };

    public static GraphError TemplateMissing(string name, string language) => new(404, 132001, "Template name does not exist in the translation")
    {
        Details = $"Template '{name}' does not exist in '{language}'.",
    };

    public static GraphError TemplateParameters(int given, int expected) => new(400, 132000, "Number of parameters does not match the expected number of params")
    {
        Details = $"body: {given} parameters were given, {expected} are expected.",
    };

    public static GraphError TemplateText(string details) => new(400, 132018, "Template parameters are invalid") { Details = details };

    public static GraphError UnknownObject(string method, string id) => new(400, 100, FormattableString.Invariant(
        $"Unsupported {method.ToLowerInvariant()} request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation"))
    {
        Subcode = 33,
        Bare = true,
    };

    public static GraphError UnknownPath(string path) => new(400, 2500, $"Unknown path components: {path}") { Bare = true };

    public void WriteForHttp(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", Bare ? Title : $"(#{Code}) {Title}");
        json.WriteString("type", "OAuthException");
        json.WriteNumber("code", Code);
        if (Subcode is { } subcode)
        {
            json.WriteNumber("error_subcode", subcode);
        }

        if (Details is not null)
        {
            json.WriteStartObject("error_data");
            json.WriteString("messaging_product", "whatsapp");
            json.WriteString("details", Details);
            json.WriteEndObject();
        }

        json.WriteString("fbtrace_id", "A" + Convert.ToHexString(RandomNumberGenerator.GetBytes(11)));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public void WriteForWebhook(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("code", Code);
        json.WriteString("title", Title);
        json.WriteString("message", Title);
        json.WriteStartObject("error_data");
        json.WriteString("details", Details ?? Title);
        json.WriteEndObject();
        json.WriteString("href", Reference);
        json.WriteEndObject();
    }
}
