using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Handling;

/// <summary>Payloads that cannot be read are kept until a version can read them.</summary>
[WithoutEmulator("Payloads that cannot be read.")]
public sealed class QuarantineTests
{
    private readonly ConcurrentQueue<string> _calls = [];

    [Fact]
    public async Task ReplayAsync_PayloadsThisVersionCanRead_AreHandledAndLeave()
    {
        var store = new InMemoryStore();
        var clock = new FakeTimeProvider(Given.T0.ToDateTimeOffset());
        await using var scene = await Scene.StartAsync(new HookedStore(store), clock, builder => builder.OnMessage<TextReceived>((message, _) => Note(message.Message.Text)));

        // As an older version might have left it.
        await store.IngestAsync(new IngestBatch { Events = [], Quarantined = Scene.TextFrom(Given.Phone, "at last", "wamid.q", scene.Now), QuarantineReason = "old", ReceivedAt = scene.Now });
        (await scene.AcceptAsync("{\"entry\":[{]}"u8.ToArray())).StatusCode.Should().Be(200);
        var quarantined = await scene.Runtime.Quarantine.ListAsync(10);
        quarantined.Should().HaveCount(2);

        (await scene.Runtime.Quarantine.ReplayAsync(quarantined)).Should().Be(1);
        (await scene.Runtime.Quarantine.ReplayAsync(quarantined)).Should().Be(0, "the one is gone and the other cannot be read yet");
        await scene.DrainAsync();

        _calls.Should().Equal("at last");
        (await scene.Runtime.Quarantine.ListAsync(10)).Should().ContainSingle().Which.Reason.Should().NotBe("old");
        (await scene.Conversation.GetWindowAsync()).State.Should().Be(WindowState.Open);
    }

    private Task Note(string call)
    {
        _calls.Enqueue(call);
        return Task.CompletedTask;
    }
}
