using System.Collections.Frozen;
using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>
/// The webhook fields, a line each. The field decides how a value is read, never which array is present: history and standby carry arrays of messages too.
/// </summary>
internal static class WebhookFields
{
    public const string Messages = "messages";

    private static readonly WebhookField MessagesField =
        new(
            Messages,
            FieldShape.Messages,
            MarketingParser.Action,
            new EventArray("messages", EventLane.Live),
            new EventArray("statuses", EventLane.Status),
            new EventArray("user_actions", EventLane.Account));

    private static readonly WebhookField Unknown = new("", FieldShape.Value, Notice: null);

    private static readonly FrozenDictionary<string, WebhookField> Known = new WebhookField[]
    {
        MessagesField,

        // Arrays of messages, of statuses and of calls; each lane has its parser.
        new("calls", FieldShape.Arrays, Notice: null, new EventArray("calls", EventLane.Call), new EventArray("statuses", EventLane.Call)),
        new(
            "history",
            FieldShape.Arrays,
            CoexistenceParser.Progress,
            new EventArray("messages", EventLane.History),
            new EventArray("message_echoes", EventLane.History)),
        new("message_echoes", FieldShape.Arrays, Notice: null, new EventArray("message_echoes", EventLane.Echo)),
        new("smb_message_echoes", FieldShape.Arrays, Notice: null, new EventArray("message_echoes", EventLane.Echo)),
        new(
            "standby",
            FieldShape.Arrays,
            Notice: null,
            new EventArray("messages", EventLane.Standby),
            new EventArray("statuses", EventLane.Standby),
            new EventArray("message_echoes", EventLane.Echo)),

        // Arrays of notices.
        Notices("group_lifecycle_update", "groups", GroupParser.Lifecycle),
        Notices("group_participant_update", "groups", GroupParser.Participants),
        Notices("group_participants_update", "groups", GroupParser.Participants),
        Notices("group_settings_update", "groups", GroupParser.Settings),
        Notices("group_status_update", "groups", GroupParser.Status),
        Notices("smb_app_state_sync", "state_sync", CoexistenceParser.AppContact),
        Notices("user_id_update", "user_id_update", IdentityParser.UserId),
        Notices("user_preferences", "user_preferences", IdentityParser.Preference),

        // One notice each.
        Whole("account_alerts", AccountParser.Alert),
        Whole("account_review_update", AccountParser.Review),
        Whole("account_settings_update", NumberParser.Settings),
        Whole("account_update", AccountUpdateParser.Parse),
        Whole("business_capability_update", AccountParser.Capability),
        Whole("business_username_update", NumberParser.Username),
        Whole("business_username_updates", NumberParser.Username),
        Whole("flows", FlowParser.Parse),
        Whole("message_template_components_update", TemplateParser.Components),
        Whole("message_template_quality_update", TemplateParser.Quality),
        Whole("message_template_status_update", TemplateParser.Status),
        Whole("messaging_handovers", RoutingParser.Handover),
        Whole("partner_solutions", AccountParser.Solution),
        Whole("payment_configuration_update", AccountParser.Payment),
        Whole("phone_number_name_update", NumberParser.Name),
        Whole("phone_number_quality_update", NumberParser.Quality),
        Whole("security", NumberParser.Security),
        Whole("template_category_update", TemplateParser.Category),
        Whole("template_correct_category_detection", TemplateParser.Detected),
    }.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);

    /// <param name="field">The field; null where a change names none and is read as if it were <c>messages</c>.</param>
    public static WebhookField Of(string? field) => field is null or Messages ? MessagesField : Known.GetValueOrDefault(field, Unknown);

    private static WebhookField Notices(string name, string array, ObjectParsing<WhatsAppEvent?> notice) =>
        new(name, FieldShape.Arrays, notice, new EventArray(array, EventLane.Account));

    private static WebhookField Whole(string name, ObjectParsing<WhatsAppEvent?> notice) => new(name, FieldShape.Value, notice);
}
