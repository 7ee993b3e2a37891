using System.Security.Cryptography;
using System.Text.Json;

namespace WhatsSession.Emulator.Http;

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

    public static readonly GraphError GroupUnknown = new(400, 131041, "Group unknown") { Details = "The business phone number has no group with this id." };

    public static readonly GraphError GroupSuspended = new(400, 131207, "Group suspended") { Details = "The group is suspended." };

    public static readonly GraphError NobodyInGroup = new(400, 131020, "Cannot send to a group of one")
    {
        Details = "The business is the only member of the group.",
    };

    public static readonly GraphError NotAMarketingTemplate = new(400, 131055, "Method not allowed")
    {
        Details = "Only marketing templates may be sent with the Marketing Messages API.",
    };

    public static readonly GraphError TemplatePaused = new(400, 132015, "Template is paused")
    {
        Details = "The template is paused because of its low quality.",
    };

    public static readonly GraphError TemplateDisabled = new(400, 132016, "Template is disabled")
    {
        Details = "The template was paused too often and is disabled for good.",
    };

    public static readonly GraphError TemplateTooLong = new(400, 132005, "Translated text too long")
    {
        Details = "The text is too long with its parameters filled in.",
    };

    public static readonly GraphError StoppedMarketing = new(400, 131050, "User has stopped marketing messages")
    {
        Details = "The recipient has chosen to stop receiving marketing messages from this business.",
    };

    public static readonly GraphError MarketingNotDelivered = new(400, 131049, "Meta chose not to deliver")
    {
        Details = "This message was not delivered to maintain healthy ecosystem engagement.",
    };

    public static readonly GraphError PairLimit = new(400, 131056, "(Business Account, Consumer Account) pair rate limit hit")
    {
        Details = "Too many messages to the same recipient.",
    };

    public static readonly GraphError ThroughputLimit = new(400, 130429, "Rate limit hit") { Details = "Cloud API message throughput has been reached." };

    public static readonly GraphError NotAllowed = new(400, 131030, "Recipient phone number not in allowed list")
    {
        Details = "The recipient phone number is not in the list of allowed numbers: add it first.",
    };

    public static readonly GraphError Restricted = new(403, 368, "Temporarily blocked for policies violations")
    {
        Details = "The WhatsApp Business Account is restricted from sending this.",
    };

    public static readonly GraphError SpamLimit = new(400, 131048, "Spam rate limit hit")
    {
        Details = "There are restrictions on how many messages can be sent from this phone number.",
    };

    public static readonly GraphError DirectSendBlocked = new(400, 139200, "Direct Send blocked") { Details = "The account is blocked from Direct Send." };

    public static readonly GraphError SomethingWrong = new(500, 131000, "Something went wrong") { Details = "An unknown error." };

    /// <summary>Conversation Routing, 23 September 2026. Ownership of threads is not emulated: it comes when it is asked for.</summary>
    private static readonly GraphError NotTheOwner = new(400, 131070, "Not the owner of the thread")
    {
        Details = "Another app owns the thread: only it may send service messages.",
    };

    public static readonly GraphError BadCursor = new(400, 131059, "Invalid paging cursor") { Details = "The cursor is not valid: start again without one." };

    private static readonly GraphError[] Known =
    [
        Reengagement, Undeliverable, UserIdNotSupported, SenderIsRecipient, BadToken, SomethingWrong, GroupUnknown, GroupSuspended, NobodyInGroup,
        NotAMarketingTemplate, TemplatePaused, TemplateDisabled, TemplateTooLong, StoppedMarketing, MarketingNotDelivered, PairLimit, ThroughputLimit,
        NotAllowed, Restricted, SpamLimit, DirectSendBlocked, NotTheOwner, BadCursor,
    ];

    public string? Details { get; init; }

    /// <summary>The heading of what people are told; errors of template management have one.</summary>
    public string? UserTitle { get; init; }

    public string? UserMessage { get; init; }

    public int? Subcode { get; init; }

    /// <summary>The message stands alone, without its code in front: errors of the Graph API itself.</summary>
    public bool Bare { get; init; }

    /// <summary>An error that is asked for by its code; one that the emulator does not know has no words of Meta's.</summary>
    public static GraphError OfCode(int code) =>
        Array.Find(Known, e => e.Code == code) ?? new(400, code, "Refused as the emulator was told to") { Details = $"Error {code} was asked for." };

    public static GraphError Invalid(string details) => new(400, 100, "Invalid parameter") { Details = details };

    /// <summary>A field that is missing in what an interactive or a template message is made of; elsewhere it is <see cref="Invalid"/>.</summary>
    public static GraphError Missing(string parameter) =>
        new(400, 131008, "Required parameter is missing") { Details = $"Parameter '{parameter}' is required." };

    public static GraphError BadValue(string details) => new(400, 131009, "Parameter value is not valid") { Details = details };

    /// <summary>A kind of message that exists, but not for this party; one that does not exist is <see cref="Invalid"/>.</summary>
    public static GraphError UnsupportedType(string type) =>
        new(400, 131051, "Unsupported message type") { Details = $"Message type '{type}' is not supported." };

    public static GraphError TemplateMissing(string name, string language) => new(404, 132001, "Template name does not exist in the translation")
    {
        Details = $"Template '{name}' does not exist in '{language}'.",
    };

    public static GraphError TemplateParameters(
        string where, int given, int expected) => new(400, 132000, "Number of parameters does not match the expected number of params")
        {
            Details = $"{where}: {given} parameters were given, {expected} are expected.",
        };

    public static GraphError TemplateFormat(string details) =>
        new(400, 132012, "Parameter format does not match format in the created template") { Details = details };

    public static GraphError MediaUpload(string details) => new(400, 131053, "Media upload error") { Details = details };

    /// <summary>An error of template management: code 100 with a subcode and words for people.</summary>
    public static GraphError TemplateManagement(int subcode, string title, string message) => new(400, 100, "Invalid parameter")
    {
        Subcode = subcode,
        Bare = true,
        UserTitle = title,
        UserMessage = message,
    };

    public static GraphError TemplateText(string details) => new(400, 132018, "Template parameters are invalid") { Details = details };

    public static GraphError UnknownObject(string method, string id) => new(
        400,
        100,
        $"Unsupported {method.ToLowerInvariant()} request. Object with ID '{id}' does not exist, "
            + "cannot be loaded due to missing permissions, or does not support this operation")
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

        if (UserTitle is not null)
        {
            json.WriteBoolean("is_transient", value: false);
            json.WriteString("error_user_title", UserTitle);
            json.WriteString("error_user_msg", UserMessage);
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
