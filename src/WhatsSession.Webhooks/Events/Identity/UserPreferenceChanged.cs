namespace WhatsSession;

/// <summary>A customer stopped or resumed messages of a category.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/user_preferences">Meta, read November 2025.</see>
/// </remarks>
public sealed class UserPreferenceChanged : CustomerEvent
{
    /// <summary>What the choice is about.</summary>
    public PreferenceCategory Category { get; init; }

    /// <summary>What the customer chose.</summary>
    public PreferenceChoice Choice { get; init; }

    /// <summary>Meta's id of the sign-up; null unless the choice is one.</summary>
    public string? SignupId { get; init; }

    /// <summary>The choice in words; null when absent.</summary>
    public string? Detail { get; init; }
}
