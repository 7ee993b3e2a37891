namespace WhatsSession;

/// <summary>Which templates of an account to list.</summary>
/// <remarks>
/// Immutable.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management">Meta, read 10 March 2026.</see>
/// </remarks>
public sealed class TemplateQuery
{
    /// <summary>Only those of this status.</summary>
    /// <value>Null by default: of any.</value>
    public TemplateStatus? Status { get; init; }

    /// <summary>Only those of this category.</summary>
    /// <value>Null by default: of any.</value>
    public TemplateCategory? Category { get; init; }

    /// <summary>Only those whose name contains this text.</summary>
    /// <value>Null by default: of any name.</value>
    public string? Name { get; init; }

    /// <summary>Only those in this language, such as <c>en_US</c>.</summary>
    /// <value>Null by default: in any.</value>
    public string? Language { get; init; }

    /// <summary>Only those of this quality.</summary>
    /// <value>Null by default: of any.</value>
    public TemplateQuality? Quality { get; init; }

    /// <summary>Only those with this text in them.</summary>
    /// <value>Null by default: with any.</value>
    public string? Content { get; init; }

    /// <summary>Only those from this source, such as <c>AUTO_GENERATED</c>: those that Direct Send made.</summary>
    /// <value>Null by default: Meta's choice, which is those the business made.</value>
    public string? Source { get; init; }

    /// <summary>How many templates one request returns.</summary>
    /// <value>Null by default: Meta's choice.</value>
    public int? PageSize { get; init; }
}
