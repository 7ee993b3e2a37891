using WhatsSession.Storage;

namespace WhatsSession.StoreConformance;

/// <summary>The contract of <see cref="IWhatsSessionStore"/>. Every store's tests inherit it.</summary>
public abstract partial class StoreConformanceTests
{
    protected static readonly Duration Lease = Duration.FromMinutes(2);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A new, empty, open store.</summary>
    protected abstract ValueTask<IWhatsSessionStore> CreateAsync();

    /// <summary>The same store as another host sees it; the store itself when it serves one process.</summary>
    protected abstract ValueTask<IWhatsSessionStore> OpenAnotherAsync(IWhatsSessionStore store);

    protected static ClaimRequest At(Instant now, int limit = 100) => new(now, Lease, limit);

    protected static AlertSweep SweepAt(Instant now, params Duration[] leads) => new(now, new SamplePlanner(leads.Length == 0 ? [Sample.HourLead] : leads), 100);

    protected static async Task<IReadOnlyList<EventKey>> DrainAsync(IWhatsSessionStore store, Instant now)
    {
        var keys = new List<EventKey>();
        while (await store.ClaimAsync(At(now), Token) is { Count: > 0 } claims)
        {
            foreach (var claim in claims)
            {
                keys.Add(claim.Event.Key);
                Assert.True(await store.FinishAsync(claim, DispatchResult.Completed.Instance, Token));
            }
        }

        return keys;
    }

    protected static async Task<ClaimedEvent> ClaimOneAsync(IWhatsSessionStore store, Instant now) =>
        Assert.Single(await store.ClaimAsync(At(now), Token));

    protected static async Task<int> CountQuarantinedAsync(IWhatsSessionStore store) => (await store.ListQuarantinedAsync(100, Token)).Count;

    protected static async Task<int> CountParkedAsync(IWhatsSessionStore store) => (await store.ListParkedAsync(100, Token)).Count;

    protected static async Task<Instant?> ReadLastInboundAsync(IWhatsSessionStore store, ConversationKey conversation) =>
        (await store.ReadAsync(conversation, Token)).State.LastInbound;

    protected static async Task<IEnumerable<MessageId?>> ReadLogIdsAsync(IWhatsSessionStore store, ConversationKey conversation) =>
        (await store.ReadLogAsync(conversation, before: null, 100, Token)).Select(static message => message.MessageId);

    /// <summary>Calls made by many at once, half of them on another host.</summary>
    /// <returns>What each call returned.</returns>
    protected async Task<T[]> RaceAsync<T>(IWhatsSessionStore store, Func<IWhatsSessionStore, Task<T>> call)
    {
        var other = await OpenAnotherAsync(store);
        return await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => call(i % 2 == 0 ? store : other), Token)));
    }

    /// <summary>An event with everything in it that outlives its ingest, as text.</summary>
    protected static string Describe(StoredEvent stored) => string.Join(
        ' ',
        stored.Key,
        stored.Lane,
        stored.Field,
        stored.Number,
        stored.Account,
        stored.Conversation?.Party,
        stored.Link?.Phone.Value,
        stored.Link?.BusinessScopedId.Value,
        stored.Timestamp.ToUnixTimeTicks(),
        stored.ReceivedAt.ToUnixTimeTicks(),
        stored.OpensWindow,
        stored.Dispatches,
        stored.Message?.Value,
        stored.DueAt?.ToUnixTimeTicks(),
        Convert.ToHexString(stored.Raw.Span),
        Convert.ToHexString(stored.Contact.Span));
}
