using System.Globalization;
using WhatsSession.MessageKinds.Tests;

namespace WhatsSession.Benchmarks;

/// <summary>Row 4 for another kind of message: the same send, where a message that is larger on the wire may cost the bytes that the log keeps of it on top. Its bytes alone are measured; its time is that of row 4 and of writing more JSON.</summary>
internal sealed class GuardedSendOfKind(Kind kind, int index) : GuardedSend
{
    private readonly Message _message = kind.Make(Media.Ids);
    private readonly SendOptions _options = new() { ReplyTo = kind.ReplyTo };

    public override string Number => string.Create(CultureInfo.InvariantCulture, $"4.{index}");

    public override string Name => kind.Name;

    public override double TimeBudget => double.PositiveInfinity;

    /// <summary>The budget of a text, which has a content of under 100 bytes, and the content of this one: the log keeps it.</summary>
    public override long ByteBudget => base.ByteBudget + Math.Max(0, MessageWriter.WriteContent(_message).Length - 100);

    public override int Rounds => 1;

    /// <summary>The first row warms up for all of them: what they share is compiled once.</summary>
    public override TimeSpan WarmUp => TimeSpan.FromMilliseconds(index == 0 ? 5000 : 300);

    public override int CountedOperations => 200;

    protected override async ValueTask<Conversation> OpenAsync(BusinessNumber number)
    {
        var conversation = kind.To.Group is { } group ? number.Group(group) : number.Conversation(kind.To.Customer!.Value);
        await conversation.RecordCustomerMessageAsync(TimeProvider.System.GetInstant());
        return conversation;
    }

    protected override Task<SendOutcome> SendAsync(Conversation conversation) => _message switch
    {
        TemplateMessage template => conversation.SendAsync(template, _options),
        DirectSendMessage direct => conversation.SendAsync(direct, _options),
        _ => conversation.SendAsync((SessionMessage)_message, _options),
    };
}
