using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>Which fallbacks were claimed, so that each is sent once.</summary>
internal sealed class InMemoryFallbacks(InMemoryIdentities identities)
{
    private readonly InMemoryDays<FallbackClaim, (Instant ClaimedAt, bool IsComplete)> _fallbacks = new();

    /// <returns>False when it was claimed before, under any of the customer's identifiers.</returns>
    public bool Claim(FallbackClaim claim, Instant now)
    {
        _fallbacks.Forget(now);
        return !identities.ReadEveryone(claim.Conversation).Exists(member => _fallbacks.TryGet(claim with { Conversation = member }, out _))
            && _fallbacks.TryAdd(claim, (now, false), now);
    }

    public void Complete(FallbackClaim claim)
    {
        if (_fallbacks.TryGet(claim, out var entry))
        {
            _fallbacks.Set(claim, (entry.ClaimedAt, true), entry.ClaimedAt);
        }
    }

    public void Release(FallbackClaim claim) => _fallbacks.Remove(claim);

    public AbandonedFallback[] ListAbandoned(Instant claimedBefore, int limit) =>
    [
        .. _fallbacks.Entries
            .Where(entry => !entry.Value.IsComplete && entry.Value.ClaimedAt < claimedBefore)
            .OrderBy(static entry => entry.Value.ClaimedAt)
            .Take(limit)
            .Select(static entry => new AbandonedFallback(entry.Key, entry.Value.ClaimedAt)),
    ];

    public void Erase(ErasureScope scope) => _fallbacks.RemoveAll((claim, _) => scope.Contains(claim.Conversation));

    public void Forget(Instant now) => _fallbacks.Forget(now);
}
