using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Accepting;

/// <summary>Holds the writes of webhooks until they are let go, and notes what each held.</summary>
internal sealed class GatedWrites : IDisposable
{
    private readonly SemaphoreSlim _gate = new(0);
    private readonly SemaphoreSlim _begun = new(0);
    private readonly List<string[]> _batches = [];
    private readonly List<string> _kept = [];

    public GatedWrites(HookedStore store) => store.Ingesting = IngestingAsync;

    /// <summary>What the store throws for the message with this id; null where it takes it.</summary>
    public Func<string, Exception?> Refuses { get; set; } = _ => null;

    /// <summary>The ids of the messages in each write, in order.</summary>
    public IEnumerable<string> Batches => Copy(_batches).Select(ids => string.Join(' ', ids));

    public IEnumerable<int> Sizes => Copy(_batches).Select(ids => ids.Length);

    /// <summary>The ids of the messages that the store took.</summary>
    public IEnumerable<string> Kept => Copy(_kept);

    /// <summary>Lets every write go, now and from now on.</summary>
    public void Release() => _gate.Release(1_000_000);

    public void ReleaseOne() => _gate.Release();

    /// <summary>Waits until a write with these messages has begun.</summary>
    public async Task WritingAsync(string ids)
    {
        while (!Batches.Contains(ids, StringComparer.Ordinal))
        {
            await _begun.WaitAsync();
        }
    }

    public void Dispose()
    {
        _gate.Dispose();
        _begun.Dispose();
    }

    private async Task IngestingAsync(IngestBatch batch)
    {
        string[] ids = [.. batch.Events.Select(stored => stored.Message!.Value.Value)];
        lock (_batches)
        {
            _batches.Add(ids);
        }

        _begun.Release();
        await _gate.WaitAsync();
        if (ids.Select(id => Refuses(id)).FirstOrDefault(refusal => refusal is not null) is { } exception)
        {
            throw exception;
        }

        lock (_kept)
        {
            _kept.AddRange(ids);
        }
    }

    private static T[] Copy<T>(List<T> list)
    {
        lock (list)
        {
            return [.. list];
        }
    }
}
