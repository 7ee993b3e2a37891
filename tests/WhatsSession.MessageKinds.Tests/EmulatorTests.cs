using WhatsSession.Tests;

namespace WhatsSession.MessageKinds.Tests;

/// <summary>What the SDK sends is what Meta's side, written by others from the same documents, takes.</summary>
public sealed class EmulatorTests
{
    [Fact]
    public async Task SendAsync_EveryKind_IsAcceptedOrRefusedForAReason()
    {
        await using var meta = await EmulatedMeta.StartAsync();
        var refused = new List<string>();
        foreach (var kind in Kinds.All)
        {
            var reason = await meta.SendAsync(kind);
            if (reason is null != kind.WhyRefused is null)
            {
                refused.Add($"{kind.Name}: {reason ?? "accepted"}");
            }
        }

        refused.Should().BeEmpty();
    }
}
