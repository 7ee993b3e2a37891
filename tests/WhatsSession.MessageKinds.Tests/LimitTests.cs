using WhatsSession.Tests;

namespace WhatsSession.MessageKinds.Tests;

/// <summary>What is beyond a limit does not leave.</summary>
public sealed class LimitTests
{
    public static TheoryData<string> Names => new(Kinds.All.Where(kind => kind.Broken is not null).Select(kind => kind.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task SendAsync_BeyondALimit_IsInvalidWithoutARequest(string name)
    {
        await using var meta = await EmulatedMeta.StartAsync();
        var kind = Kinds.All.Single(kind => kind.Name == name);
        var conversation = kind.To.Group is { } group ? meta.Runtime.Client.Number("support").Group(group) : meta.Runtime.Client.Number("support").Conversation(kind.To.Customer!.Value);

        var outcome = kind.Broken!() switch
        {
            TemplateMessage template => await conversation.SendAsync(template),
            DirectSendMessage direct => await conversation.SendAsync(direct),
            var message => await conversation.SendAsync((SessionMessage)message),
        };

        outcome.Should().BeOfType<SendOutcome.Invalid>().Which.Violations.Should().NotBeEmpty();
        meta.Emulator.Requests.Should().BeEmpty();
    }

    [Fact]
    public void Kinds_WithoutALimit_HaveTheReason() => Kinds.All.Where(kind => kind.Broken is null == kind.WhyUnlimited is null).Should().BeEmpty();
}
