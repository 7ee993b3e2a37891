using WhatsSession.MessageKinds.Tests;

namespace WhatsSession.Benchmarks;

/// <summary>Row 4 for another kind of message: the same send, where a message that is larger on the wire may cost the bytes that the log keeps of it on top.</summary>
internal sealed class GuardedSendOfKind(Kind kind, int index) : GuardedSend
{
    private readonly Message _message = kind.Make(Media.Ids);

    public override string Number => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"4.{index}");

    public override string Name => kind.Name;

    /// <summary>The budget of a text, which has a content of under 100 bytes, and the content of this one: the log keeps it.</summary>
    public override long ByteBudget => base.ByteBudget + Math.Max(0, MessageWriter.WriteContent(_message).Length - 100);

    public override int Rounds => 5;

    public override TimeSpan WarmUp => TimeSpan.FromMilliseconds(500);

    public override int CountedOperations => 300;

    protected override Task<SendOutcome> SendAsync(Conversation conversation) => _message switch
    {
        TemplateMessage template => conversation.SendAsync(template),
        DirectSendMessage direct => conversation.SendAsync(direct),
        PinMessage => conversation.SendAsync(new TextMessage("A pin goes to groups alone.")),
        AddressMessage => conversation.SendAsync(new TextMessage("An address form goes to India alone.")),
        _ => conversation.SendAsync((SessionMessage)_message),
    };
}
