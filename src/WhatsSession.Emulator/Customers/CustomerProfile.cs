namespace WhatsSession.Emulator;

/// <summary>What a business may see of a customer.</summary>
public sealed record CustomerProfile
{
    /// <summary>The profile name.</summary>
    /// <value>Default <see langword="null"/>: <c>Customer</c> and the last four digits.</value>
    public string? Name { get; init; }

    /// <summary>The user name, if the customer adopted one.</summary>
    /// <value>Default <see langword="null"/>: none.</value>
    public string? Username { get; init; }

    /// <summary>The business-scoped user id (BSUID), such as <c>US.13491208655302741918</c>.</summary>
    /// <value>Default <see langword="null"/>: one derived from the phone number, always the same.</value>
    public string? UserId { get; init; }

    /// <summary>Whether webhooks leave the phone number out, as they do for customers with a user name whom the business has not talked to lately.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool HidesPhone { get; init; }
}
