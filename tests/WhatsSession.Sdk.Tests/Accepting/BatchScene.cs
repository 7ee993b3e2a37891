using Microsoft.Extensions.Time.Testing;

namespace WhatsSession.Sdk.Tests.Accepting;

/// <summary>The SDK over a store whose writes wait until the test lets them go.</summary>
internal sealed class BatchScene : IAsyncDisposable
{
    private readonly Scene _scene;

    private BatchScene(Scene scene, GatedWrites store)
    {
        _scene = scene;
        Store = store;
    }

    public GatedWrites Store { get; }

    public WhatsSessionRuntime Runtime => _scene.Runtime;

    public static async Task<BatchScene> StartAsync(Action<WhatsSessionBuilder>? build = null)
    {
        var hooked = new HookedStore(new InMemoryStore());
        var store = new GatedWrites(hooked);
        return new BatchScene(await Scene.StartAsync(hooked, new FakeTimeProvider(Given.T0.ToDateTimeOffset()), build), store);
    }

    /// <summary>A webhook with a text for each id.</summary>
    public Task<AcceptResult> Accept(params string[] ids) => AcceptAsync(CancellationToken.None, ids);

    public Task<AcceptResult> AcceptAsync(CancellationToken cancellationToken, params string[] ids) => AcceptAsync(Body(ids), cancellationToken);

    /// <summary>As above, cut off behind its last event.</summary>
    public Task<AcceptResult> AcceptCut(string id) => AcceptAsync(Body([id])[..^2], CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _scene.DisposeAsync();
        Store.Dispose();
    }

    private Task<AcceptResult> AcceptAsync(byte[] body, CancellationToken cancellationToken) =>
        _scene.Runtime.AcceptAsync(body, WebhookSignature.Compute(body, Given.AppSecret), cancellationToken).AsTask();

    private byte[] Body(string[] ids)
    {
        var texts = ids.Select(id => $$$"""{"from":"{{{Given.Phone}}}","id":"{{{id}}}","timestamp":"{{{_scene.Now.ToUnixTimeSeconds()}}}","type":"text","text":{"body":"hello"}}""");
        return Sample.Utf8($$$"""{"entry":[{"id":"{{{Given.Account}}}","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"{{{Given.Number}}}"},"messages":[{{{string.Join(',', texts)}}}]}}]}]}""");
    }
}
