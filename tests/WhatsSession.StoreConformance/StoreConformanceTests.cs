using WhatsSession.Storage;

namespace WhatsSession.StoreConformance;

/// <summary>The contract of <see cref="IWhatsSessionStore"/>, as tests. The tests of every store inherit it.</summary>
/// <remarks>
/// <para>Derive a class in a test project of xunit.net v3 and override <see cref="CreateAsync"/>. Each test calls it once or more and is done with the stores at its end;
/// a class that has something to close or to delete implements <see cref="IAsyncDisposable"/>, which xunit.net calls after each test.</para>
/// <para>There is no clock to set. Every method of a store that depends on the time is told the time, and the tests choose it, in November 2026 and later.
/// A store that asks a clock of its own or of its database fails.</para>
/// </remarks>
public abstract partial class StoreConformanceTests
{
    private protected static readonly Duration Lease = Duration.FromMinutes(2);

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A new store that holds nothing and is open: <see cref="IWhatsSessionStore.OpenAsync"/> was called where it matters.</summary>
    /// <remarks>A test may ask for several, which must not see each other's: each has a file, a schema or a prefix of its own.</remarks>
    protected abstract ValueTask<IWhatsSessionStore> CreateAsync();

    /// <summary>A second store over what <paramref name="store"/> keeps, as another host or process has it. Both are used at once.</summary>
    /// <param name="store">A store that <see cref="CreateAsync"/> made.</param>
    /// <returns>By default <paramref name="store"/> itself, which is right for a store that serves one process alone.</returns>
    protected virtual ValueTask<IWhatsSessionStore> OpenAnotherAsync(IWhatsSessionStore store) => new(store);

    private protected static ClaimRequest At(Instant now, int limit = 100) => new(now, Lease, limit);

    private protected static AlertSweep SweepAt(Instant now, params Duration[] leads) => new(now, new SamplePlanner(leads.Length == 0 ? [Sample.HourLead] : leads), 100);

    private protected static async Task<IReadOnlyList<EventKey>> DrainAsync(IWhatsSessionStore store, Instant now)
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

    private protected static async Task<ClaimedEvent> ClaimOneAsync(IWhatsSessionStore store, Instant now) =>
        Assert.Single(await store.ClaimAsync(At(now), Token));

    private protected static async Task<int> CountQuarantinedAsync(IWhatsSessionStore store) => (await store.ListQuarantinedAsync(after: null, 100, Token)).Count;

    private protected static async Task<int> CountParkedAsync(IWhatsSessionStore store) => (await store.ListParkedAsync(after: null, 100, Token)).Count;

    private protected static async Task<Instant?> ReadLastInboundAsync(IWhatsSessionStore store, ConversationKey conversation) =>
        (await store.ReadAsync(conversation, Token)).State.LastInbound;

    private protected static async Task<IEnumerable<MessageId?>> ReadLogIdsAsync(IWhatsSessionStore store, ConversationKey conversation) =>
        (await store.ReadLogAsync(conversation, before: null, 100, Token)).Select(static message => message.MessageId);

    /// <summary>Calls made by many at once, half of them on another host.</summary>
    /// <returns>What each call returned.</returns>
    private protected async Task<T[]> RaceAsync<T>(IWhatsSessionStore store, Func<IWhatsSessionStore, Task<T>> call)
    {
        var other = await OpenAnotherAsync(store);
        return await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => call(i % 2 == 0 ? store : other), Token)));
    }

    /// <summary>An event with everything in it that outlives its ingest, as text.</summary>
    private protected static string Describe(StoredEvent stored) => string.Join(
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
