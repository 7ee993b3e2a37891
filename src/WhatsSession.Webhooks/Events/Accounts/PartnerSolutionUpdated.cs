namespace WhatsSession;

/// <summary>A multi-partner solution changed. The account is the business portfolio here.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/partner_solutions">Meta, read November 2025.</see>
/// </remarks>
public sealed class PartnerSolutionUpdated : WhatsAppEvent
{
    /// <summary>What happened, such as <c>SOLUTION_CREATED</c>; null when absent.</summary>
    public string? Event { get; init; }

    /// <summary>Meta's id of the solution; null when absent.</summary>
    public string? SolutionId { get; init; }

    /// <summary>What it is now, such as <c>INITIATED</c>; null when absent.</summary>
    public string? SolutionStatus { get; init; }
}
