namespace WhatsSession;

/// <summary>The ad or post through which a customer came. Only the first message from it has one.</summary>
/// <remarks>
/// Immutable to its readers. <see cref="ToString"/> is redacted.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/text">Meta, read November 2025.</see>
/// </remarks>
public sealed class Referral
{
    /// <summary>What it was.</summary>
    public ReferralSource Source { get; init; }

    /// <summary>Meta's id of the ad or post; null when absent.</summary>
    public string? SourceId { get; init; }

    /// <summary>Where it is shown; null when absent.</summary>
    public Uri? SourceUrl { get; init; }

    /// <summary>Its headline; null when absent.</summary>
    public string? Headline { get; init; }

    /// <summary>Its text; null when absent.</summary>
    public string? Body { get; init; }

    /// <summary>What it shows.</summary>
    public ReferralMedia Media { get; init; }

    /// <summary>Its image; null when absent.</summary>
    public Uri? ImageUrl { get; init; }

    /// <summary>Its video; null when absent.</summary>
    public Uri? VideoUrl { get; init; }

    /// <summary>The preview of its video; null when absent.</summary>
    public Uri? ThumbnailUrl { get; init; }

    /// <summary>Meta's id of the click (<c>ctwa_clid</c>), for the conversions API; null for ads in a status.</summary>
    public string? ClickId { get; init; }

    /// <summary>The greeting that the customer saw; null when absent.</summary>
    public string? WelcomeText { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(Referral);
}
