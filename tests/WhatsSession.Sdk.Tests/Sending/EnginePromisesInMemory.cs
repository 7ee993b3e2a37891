using WhatsSession.Storage;
using WhatsSession.StorePromises;

namespace WhatsSession.Sdk.Tests.Sending;

/// <summary>The promises of sends and of what is known, with the in-memory store.</summary>
public sealed class EnginePromisesInMemory : EnginePromises
{
    protected override int DroppedAnswers => 10_000;

    protected override ValueTask<IReadOnlyList<IWhatsSessionStore>> CreateStoresAsync() => new([new InMemoryStore()]);
}
