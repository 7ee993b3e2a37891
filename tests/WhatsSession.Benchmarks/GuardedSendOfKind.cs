using System.Buffers;
using System.Globalization;
using System.Text.Json;
using WhatsSession.Messages;
using WhatsSession.Tests;
using WhatsSession.Time;

namespace WhatsSession.Benchmarks;

/// <summary>Row 4 for another kind of message: the same send under the same budget, beside a floor that posts the same bytes.</summary>
internal sealed class GuardedSendOfKind(Kind kind, int index) : GuardedSend
{
    private readonly Message _message = kind.Make(SampleMedia.Ids);
    private readonly SendOptions _options = new() { ReplyTo = kind.ReplyTo };

    public override string Number => string.Create(CultureInfo.InvariantCulture, $"4.{index}");

    public override string Name => kind.Name;

    public override string Floor => string.Create(
        CultureInfo.InvariantCulture,
        $"raw HttpClient, the same {Request.Length:N0} bytes of request, pre-serialised");

    public override int Rounds => 101;

    /// <summary>The first row warms up for all of them: what they share is compiled once.</summary>
    public override TimeSpan WarmUp => TimeSpan.FromMilliseconds(index == 0 ? 5000 : 1000);

    public override int CountedOperations => 200;

    protected override byte[] Request { get; } = RequestOf(kind);

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

    private static byte[] RequestOf(Kind kind)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(bytes, MessageJson.WriterOptions);
        MessageWriter.WriteRequest(
            writer,
            kind.To,
            kind.Make(SampleMedia.Ids),
            new MessageEnvelope { ReplyTo = kind.ReplyTo, CallbackData = "ws1.AAAAAAAAAAAAAAAAAAAAAA.1794900000|"u8 });
        return bytes.WrittenSpan.ToArray();
    }
}
