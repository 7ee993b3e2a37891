namespace WhatsSession.Diagnostics;

/// <summary>What happened to a held message.</summary>
internal enum HeldChange
{
    Held,
    Sent,

    /// <summary>Meta refused it for good, or it is not known whether Meta has it.</summary>
    Failed,
    Expired,
    Cancelled,
}
