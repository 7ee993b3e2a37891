namespace WhatsSession;

/// <summary>Whether joining a group needs approval. Open: an unknown value is a value.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/webhooks">Meta,
/// read May 2026.</see>
/// </remarks>
public readonly record struct GroupJoinMode(string Name)
{
    /// <summary>Whoever has the link joins.</summary>
    public static GroupJoinMode Automatic { get; } = new("auto_approve");

    /// <summary>The business approves each request.</summary>
    public static GroupJoinMode Approval { get; } = new("approval_required");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";
}
