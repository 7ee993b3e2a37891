using NodaTime;

namespace WhatsSession.Sending;

/// <summary>Whether one request may be made, and by what.</summary>
internal readonly record struct Clearance
{
    /// <summary>Whether the request may be made.</summary>
    public bool MaySend { get; private init; }

    /// <summary>The customer's last qualifying event that permits it; null when none was known.</summary>
    public Instant? Evidence { get; private init; }

    /// <summary>What the guard decided; without meaning for a claim.</summary>
    public SendDecision Decision { get; private init; }

    /// <summary>The conversation as the guard saw it; null for a claim.</summary>
    public ConversationSnapshot? Snapshot { get; private init; }

    /// <summary>Whether the request may not be made because the customer has written since.</summary>
    public bool IsOvertaken { get; private init; }

    /// <summary>Whether the store was there.</summary>
    public bool IsStoreAvailable => Snapshot is not { StoreAvailable: false };

    /// <summary>By the guard.</summary>
    public static Clearance Of(ConversationSnapshot snapshot, SendDecision decision) =>
        new() { MaySend = decision.MaySend, Evidence = decision.Evidence, Decision = decision, Snapshot = snapshot };

    /// <summary>By what the customer has written since, whatever the window says.</summary>
    public static Clearance OfOvertaken(ConversationSnapshot? snapshot) => new() { IsOvertaken = true, Snapshot = snapshot };

    /// <summary>By the claim of a fallback, which needs no window.</summary>
    /// <param name="anchor">What names the closed window.</param>
    public static Clearance OfClaim(Instant? anchor) => new() { MaySend = true, Evidence = anchor };
}
