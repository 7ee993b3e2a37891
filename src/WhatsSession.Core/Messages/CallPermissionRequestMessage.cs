namespace WhatsSession;

/// <summary>
/// Asks the customer for the permission to be called. Its body may be left out, and it has no footer. A customer gets at most one in 24 hours and two in 7
/// days. Meta starts to count again after a call.
/// </summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/user-call-permissions">Meta, read November 2025.</see>
/// </remarks>
public sealed record CallPermissionRequestMessage : InteractiveMessage
{
    /// <summary>Makes the message.</summary>
    public CallPermissionRequestMessage()
        : base(body: null)
    {
    }

    /// <inheritdoc />
    public override string InteractiveKind => "call_permission_request";

    private protected override bool NeedsBody => false;

    private protected override bool MayHaveFooter => false;
}
