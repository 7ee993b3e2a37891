using WhatsSession.Emulator.Customers;

namespace WhatsSession.Emulator.Sending;

/// <summary>Whom a request addresses.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids, 7 May 2026.</remarks>
internal readonly record struct Addressee
{
    /// <summary>As the request names them.</summary>
    public required string Input { get; init; }

    /// <summary>The digits, when addressed by <c>to</c>.</summary>
    public required string? Phone { get; init; }

    /// <summary>The BSUID, when addressed by <c>recipient</c>.</summary>
    public required string? UserId { get; init; }

    /// <summary>Null when the emulator does not know them yet.</summary>
    public required Person? Customer { get; init; }

    /// <summary>The group, when one is addressed.</summary>
    public Group? Group { get; init; }

    /// <summary>A BSUID was put in <c>to</c>: Meta keeps its digits, accepts, and then finds nobody.</summary>
    public bool IsUserIdInTo { get; init; }
}
