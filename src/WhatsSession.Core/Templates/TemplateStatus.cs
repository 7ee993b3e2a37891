using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The status of a template. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_status_update">Meta,
/// read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<TemplateStatus>))]
public readonly record struct TemplateStatus(string Name) : IJsonText<TemplateStatus>
{
    /// <summary>It may be sent.</summary>
    public static TemplateStatus Approved { get; } = new("APPROVED");

    /// <summary>It may not be sent.</summary>
    public static TemplateStatus Rejected { get; } = new("REJECTED");

    /// <summary>It is under review.</summary>
    public static TemplateStatus Pending { get; } = new("PENDING");

    /// <summary>The rejection is appealed.</summary>
    public static TemplateStatus InAppeal { get; } = new("IN_APPEAL");

    /// <summary>It may not be sent for some hours, for its quality.</summary>
    public static TemplateStatus Paused { get; } = new("PAUSED");

    /// <summary>It may not be sent any more, for its quality.</summary>
    public static TemplateStatus Disabled { get; } = new("DISABLED");

    /// <summary>It will be disabled unless its quality rises.</summary>
    public static TemplateStatus Flagged { get; } = new("FLAGGED");

    /// <summary>It may be sent again.</summary>
    public static TemplateStatus Reinstated { get; } = new("REINSTATED");

    /// <summary>It is being deleted.</summary>
    public static TemplateStatus PendingDeletion { get; } = new("PENDING_DELETION");

    /// <summary>It is deleted.</summary>
    public static TemplateStatus Deleted { get; } = new("DELETED");

    /// <summary>The account has too many templates.</summary>
    public static TemplateStatus LimitExceeded { get; } = new("LIMIT_EXCEEDED");

    /// <summary>It is archived.</summary>
    public static TemplateStatus Archived { get; } = new("ARCHIVED");

    /// <summary>It is locked.</summary>
    public static TemplateStatus Locked { get; } = new("LOCKED");

    /// <summary>Whether Meta is known to refuse a template with this status. False for a status that this version does not know.</summary>
    internal bool IsKnownToBlock =>
        this == Pending || this == Rejected || this == Paused || this == Disabled || this == InAppeal
        || this == PendingDeletion || this == Deleted || this == LimitExceeded || this == Archived;

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<TemplateStatus>.ToJson(TemplateStatus value) => value.Name;

    static TemplateStatus? IJsonText<TemplateStatus>.FromJson(string? text) => new TemplateStatus(text!);
}
