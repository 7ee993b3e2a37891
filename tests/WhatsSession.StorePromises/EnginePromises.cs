using WhatsSession.Storage;

namespace WhatsSession.StorePromises;

/// <summary>What the SDK promises of sends and of what it knows, on every store: one host in memory, two hosts where a store is shared.</summary>
public abstract partial class EnginePromises
{
    protected static readonly TextMessage Hello = new("Your parcel left.");

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>How many answers are dropped in the test of ambiguous sends.</summary>
    protected virtual int DroppedAnswers => 1_000;

    /// <summary>New, empty stores: one for each host, all seeing the same.</summary>
    protected abstract ValueTask<IReadOnlyList<IWhatsSessionStore>> CreateStoresAsync();

    /// <summary>Stores for hosts that start anew over what earlier ones stored: by default the same, which outlive a host in memory.</summary>
    protected virtual ValueTask<IReadOnlyList<IWhatsSessionStore>> ReopenStoresAsync(IReadOnlyList<IWhatsSessionStore> stores) => new(stores);

    protected static TemplateMessage OrderShipped(string order) => new("order_shipped", "en_US", order);

    protected async Task<Shop> OpenAsync(Action<WhatsSessionOptions>? options = null, Action<WhatsSessionBuilder, Shop>? build = null, bool notes = true) =>
        await Shop.OpenAsync(await CreateStoresAsync(), options, build, notes);

    /// <summary>The last host: another one than the first where there are two.</summary>
    protected static int Other(Shop shop) => shop.Hosts.Count - 1;
}
