using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>Which fallbacks were claimed, so that each is sent once, and by which sends.</summary>
internal sealed class InMemoryFallbacks(InMemoryTime time, InMemoryIdentities identities, InMemorySends sends)
{
    private readonly InMemoryDays<FallbackClaim, Entry> _fallbacks = new(time);

    // The claims of sends of whose message nothing is known: a status may tell.
    private readonly InMemoryDays<IntentId, FallbackClaim> _unheard = new(time);

    /// <returns>Null when it is the caller's; else who holds it, under any of the customer's identifiers.</returns>
    public FallbackHolder? Claim(ClaimedFallback claimed)
    {
        Forget();
        var claim = claimed.Claim;
        var holders = new List<FallbackHolder>();
        foreach (var member in identities.ReadEveryone(claim.Conversation, out var hiddenUntil).Append(claim.Conversation))
        {
            var known = claim with { Conversation = member };
            if (_fallbacks.TryGet(known, out var entry))
            {
                // What was claimed for the former owner of a recycled phone says nothing of the new one.
                var delivery = DeliveryOf(member.Number, entry);
                if (InMemoryIdentities.IsHidden(entry.ClaimedAt, hiddenUntil) || FallbackRefusals.GivesBack(delivery, claimed.ClaimedAt))
                {
                    Remove(known, entry.Intent);
                }
                else
                {
                    holders.Add(new FallbackHolder(entry.Intent, delivery.IsFailed ? delivery.Failure : null));
                }
            }
        }

        if (holders.Count == 0)
        {
            var at = time.AsOf(claimed.ClaimedAt);
            _fallbacks.Add(claim, new Entry(claimed.Intent, claimed.Template, at, IsComplete: false, Message: null), at);
            _unheard.Set(claimed.Intent, claim, claimed.ClaimedAt);
        }

        return FallbackHolder.Of(holders);
    }

    public bool Complete(FallbackClaim claim, IntentId intent, MessageId? message)
    {
        if (!_fallbacks.TryGet(claim, out var entry) || entry.Intent != intent)
        {
            return false;
        }

        _fallbacks.Set(claim, entry with { IsComplete = true, Message = entry.Message ?? message }, entry.ClaimedAt);
        if (message is not null)
        {
            _unheard.Remove(intent);
        }

        return !entry.IsComplete;
    }

    /// <summary>Notes that a status has told of a send's message: if the send holds a claim, its template reached Meta.</summary>
    public void Hear(IntentId intent, MessageId message)
    {
        if (_unheard.TryGet(intent, out var claim))
        {
            Complete(claim, intent, message);
        }
    }

    public void Release(FallbackClaim claim, IntentId intent)
    {
        if (_fallbacks.TryGet(claim, out var entry) && entry.Intent == intent)
        {
            Remove(claim, intent);
        }
    }

    public IReadOnlyList<ClaimedFallback> ListAbandoned(Instant claimedBefore, ClaimedFallback? after, int limit) =>
    [
        .. _fallbacks.Entries
            .Where(entry => !entry.Value.IsComplete && entry.Value.ClaimedAt < claimedBefore)
            .Select(static entry => new ClaimedFallback(entry.Key, entry.Value.Intent, entry.Value.Template, entry.Value.ClaimedAt))
            .Where(entry => after is null || Compare(entry, after) > 0)
            .Order(Comparer<ClaimedFallback>.Create(Compare))
            .Take(limit),
    ];

    public IReadOnlyList<RefusedClaim> ListRefused(RefusedClaim? after, int limit) =>
    [
        .. _fallbacks.Entries
            .Select(entry => RefusedOf(entry.Key, entry.Value))
            .OfType<RefusedClaim>()
            .Where(entry => after is null || Compare(entry, after) > 0)
            .Order(Comparer<RefusedClaim>.Create(Compare))
            .Take(limit),
    ];

    public void Erase(ErasureScope scope)
    {
        _fallbacks.RemoveAll((claim, _) => scope.Contains(claim.Conversation));
        _unheard.RemoveAll((_, claim) => scope.Contains(claim.Conversation));
    }

    public void Forget()
    {
        _fallbacks.Forget();
        _unheard.Forget();
    }

    private static int Compare(ClaimedFallback left, ClaimedFallback right) => left.ClaimedAt != right.ClaimedAt
        ? left.ClaimedAt.CompareTo(right.ClaimedAt)
        : string.CompareOrdinal(left.Intent.ToString(), right.Intent.ToString());

    private static int Compare(RefusedClaim left, RefusedClaim right) => left.Failure.At != right.Failure.At
        ? left.Failure.At.CompareTo(right.Failure.At)
        : string.CompareOrdinal(left.Claimed.Intent.ToString(), right.Claimed.Intent.ToString());

    private RefusedClaim? RefusedOf(FallbackClaim claim, Entry entry) =>
        entry.Message is { } message && DeliveryOf(claim.Conversation.Number, entry) is { IsFailed: true, Failure: { } failure }
            ? new RefusedClaim(new ClaimedFallback(claim, entry.Intent, entry.Template, entry.ClaimedAt), message, failure)
            : null;

    private void Remove(FallbackClaim claim, IntentId intent)
    {
        _fallbacks.Remove(claim);
        _unheard.Remove(intent);
    }

    private MessageDelivery DeliveryOf(PhoneNumberId number, Entry entry) =>
        entry.Message is { } message ? sends.ReadDelivery(number, message) : MessageDelivery.None;

    private sealed record Entry(IntentId Intent, string Template, Instant ClaimedAt, bool IsComplete, MessageId? Message);
}
