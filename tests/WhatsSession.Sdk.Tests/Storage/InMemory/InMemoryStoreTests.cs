using WhatsSession.Storage;
using WhatsSession.StorePromises;

namespace WhatsSession.Sdk.Tests.Storage.InMemory;

[WithoutEmulator("The store alone.")]
public sealed class InMemoryStoreTests : StoreLaws
{
    [Fact]
    public void Durability_IsTheProcess() => new InMemoryStore().Durability.Should().Be(StoreDurability.Process);

    protected override ValueTask<IWhatsSessionStore> CreateAsync() => new(new InMemoryStore());
}
