namespace WhatsSession;

/// <summary>A customer's answer to whether the business may call. Open: an unknown value is a value.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/user-call-permissions">Meta,
/// read November 2025.</see>
/// </remarks>
public readonly record struct CallPermissionAnswer(string Name)
{
    /// <summary>The business may call.</summary>
    public static CallPermissionAnswer Accepted { get; } = new("accept");

    /// <summary>The business may not call.</summary>
    public static CallPermissionAnswer Rejected { get; } = new("reject");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";
}
