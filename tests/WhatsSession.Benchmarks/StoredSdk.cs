using Microsoft.Extensions.DependencyInjection;

namespace WhatsSession.Benchmarks;

/// <summary>The SDK with its store in a file, without a host, and webhooks to fill it with.</summary>
internal sealed class StoredSdk : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    /// <param name="file">The file; null to keep everything in memory.</param>
    /// <param name="graph">Where to post; null for nowhere.</param>
    /// <param name="build">What else is set up; null for nothing.</param>
    public StoredSdk(string? file, Uri? graph = null, Action<WhatsSessionBuilder>? build = null)
    {
        var services = new ServiceCollection();
        var sdk = services.AddWhatsSession(o =>
        {
            o.Numbers.Add("support", phoneNumberId: "314159265358979", accessToken: "EAAtoken");
            o.GraphBaseAddress = graph ?? o.GraphBaseAddress;
        });
        if (file is not null)
        {
            sdk.UseSqlite(file);
        }

        build?.Invoke(sdk);
        _services = services.BuildServiceProvider();
        Runtime = _services.GetRequiredService<WhatsSessionRuntime>();
    }

    public WhatsSessionRuntime Runtime { get; }

    public Conversation Conversation(string customer) => Runtime.Client.Number("support").Conversation(customer);

    /// <summary>Takes in so many webhooks, by so many callers at once.</summary>
    /// <param name="webhooks">Makes them.</param>
    /// <param name="count">How many.</param>
    /// <param name="callers">By how many.</param>
    /// <param name="over">Over which time until now the customers wrote them; all now unless given.</param>
    public Task AcceptAsync(FreshWebhooks webhooks, int count, int callers, TimeSpan over = default) =>
        Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var i = caller; i < count; i += callers)
            {
                if (await Runtime.AcceptWithoutVerificationAsync(webhooks.Next(over * (1 - ((double)i / count)))) is not { StatusCode: 200 })
                {
                    throw new InvalidOperationException("A webhook was not accepted.");
                }
            }
        })));

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
