using System.Text.Json;
using WhatsSession.Shared;

namespace WhatsSession.Events;

/// <summary>What the answers by button and by list have in common.</summary>
internal struct ReceivedReply
{
    public bool IsPresent { get; set; }

    public string? Kind { get; set; }

    public string? Id { get; private set; }

    public string? Title { get; private set; }

    public string? Description { get; private set; }

    public string? Payload { get; private set; }

    public string? Text { get; private set; }

    public void ParseProperty(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("id"u8))
        {
            Id = JsonText.Read(ref reader);
        }
        else if (name.SequenceEqual("title"u8))
        {
            Title = JsonText.Read(ref reader);
        }
        else if (name.SequenceEqual("description"u8))
        {
            Description = JsonText.Read(ref reader);
        }
        else if (name.SequenceEqual("payload"u8))
        {
            Payload = JsonText.Read(ref reader);
        }
        else if (name.SequenceEqual("text"u8))
        {
            Text = JsonText.Read(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }
}
