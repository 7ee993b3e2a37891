using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NodaTime;
using WhatsSession.Storage;
using static WhatsSession.StoreConformance.Sample;

namespace WhatsSession.Sdk.Tests.Storage.InMemory;

/// <summary>What is kept of the copies of messages that the business sent in another way.</summary>
[WithoutEmulator("The store alone.")]
public sealed class InMemoryCopiesTests
{
    private static readonly ClaimRequest Everything = new(Start, Duration.FromMinutes(2), 100);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EraseAsync_Message_LeavesNothingOfItInMemory(bool isCopy)
    {
        var store = new InMemoryStore();
        var raw = await KeepAsync(store, isCopy);
        IsThere(raw).Should().BeTrue();

        await store.EraseAsync(ByPhone, Start + Duration.FromHours(1), Token);

        IsThere(raw).Should().BeFalse();
        GC.KeepAlive(store);
    }

    [Fact]
    public async Task IngestAsync_CopyAtTheLimit_LeavesNothingOfItInMemory()
    {
        var store = new InMemoryStore(maximumLogBytes: 0);
        var raw = await KeepAsync(store);

        (await store.ReadLogAsync(ByPhone, before: null, 10, Token)).Should().BeEmpty();
        IsThere(raw).Should().BeFalse("memory is bounded");
        GC.KeepAlive(store);
    }

    [Fact]
    public async Task SettleIntentAsync_CopyOfIt_LeavesNothingOfTheCopyInMemory()
    {
        var store = new InMemoryStore();
        var intent = Intent(ByPhone, Start, "Hello");
        await store.SaveIntentAsync(intent, Token);
        var raw = await KeepAsync(store);

        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, MessageId.Parse("wamid.e")), Token);

        IsThere(raw).Should().BeFalse();
        GC.KeepAlive(store);
    }

    [Fact]
    public async Task SettleIntentAsync_CopyThatTheLimitTook_IsTakenBackAllTheSame()
    {
        var store = new InMemoryStore(maximumLogBytes: 300); // As much as the send.
        var second = Duration.FromSeconds(1);
        var intent = Intent(ByPhone, Start, "Hello");
        await store.IngestAsync(Batch(Text("m", ByPhone, Start - second)), Token);
        await store.SaveIntentAsync(intent, Token);
        await store.IngestAsync(Batch(Echo("another", ByPhone, Start), Echo("sent", ByPhone, Start + second)), Token);
        (await store.ReadAsync(ByPhone, Token)).State.Echoed.Should().Be(Start + second);

        await store.SettleIntentAsync(new SendSettlement(intent.Id, IntentState.Accepted, MessageId.Parse("wamid.sent")), Token);

        (await store.ReadAsync(ByPhone, Token)).State.Echoed.Should().Be(Start);
    }

    private static async Task<WeakReference> KeepAsync(InMemoryStore store, bool isCopy = true)
    {
        var raw = await IngestAsync(store, isCopy);
        await store.CompleteAsync(await store.ClaimAsync(Everything, Token), Token);
        return raw;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> IngestAsync(InMemoryStore store, bool isCopy)
    {
        var stored = isCopy ? Echo("e", ByPhone, Start) : Text("e", ByPhone, Start);
        await store.IngestAsync(Batch(stored), Token);
        MemoryMarshal.TryGetArray(stored.Raw, out var slice);
        return new WeakReference(slice.Array);
    }

    private static bool IsThere(WeakReference reference)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return reference.IsAlive;
    }
}
