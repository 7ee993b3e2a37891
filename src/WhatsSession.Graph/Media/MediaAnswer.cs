using System.Text.Json;
using WhatsSession.Shared;

namespace WhatsSession.Media;

/// <summary>Reads what the media endpoints answer. Whatever comes in place of an answer is an absence, never an exception.</summary>
internal sealed class MediaAnswer
{
    private const int LongestId = 512;

    private MediaAnswer()
    {
    }

    /// <summary>The id of a medium or an upload.</summary>
    public string? Id { get; private set; }

    /// <summary>The handle of a finished upload.</summary>
    public string? Handle { get; private set; }

    /// <summary>How much of an upload Meta has.</summary>
    public long? FileOffset { get; private set; }

    public MediaDetails Details { get; private set; } = new();

    public static MediaAnswer Read(ReadOnlySpan<byte> body)
    {
        var answer = new MediaAnswer();
        var reader = new Utf8JsonReader(body, JsonText.AnswerOptions);
        try
        {
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                while (JsonText.NextProperty(ref reader, out var name))
                {
                    answer.ReadProperty(ref reader, name);
                }
            }
        }
        catch (JsonException)
        {
            // A gateway's page, or an answer that was cut: what was read before that still counts.
        }

        return answer;
    }

    private static string? Token(string? text) =>
        text is { Length: > 0 and <= LongestId } && !text.AsSpan().ContainsAnyExceptInRange('!', '~') ? text : null;

    private void ReadProperty(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("id"u8))
        {
            Id = Token(JsonText.ReadId(ref reader));
        }
        else if (name.SequenceEqual("h"u8))
        {
            // Not a token of ours: real handles are long and go back to Meta as they came.
            Handle = JsonText.Read(ref reader) is { Length: > 0 } handle ? handle : null;
        }
        else if (name.SequenceEqual("file_offset"u8))
        {
            FileOffset = JsonText.ReadInt64(ref reader) is >= 0 and var offset ? offset : null;
        }
        else if (name.SequenceEqual("url"u8))
        {
            Details = Details with { Address = JsonText.ReadUrl(ref reader) };
        }
        else if (name.SequenceEqual("mime_type"u8))
        {
            Details = Details with { MimeType = JsonText.Read(ref reader) ?? "" };
        }
        else if (name.SequenceEqual("sha256"u8))
        {
            Details = Details with { Sha256 = JsonText.Read(ref reader) };
        }
        else if (name.SequenceEqual("file_size"u8))
        {
            Details = Details with { Length = JsonText.ReadInt64(ref reader) };
        }
        else
        {
            reader.Skip();
        }
    }
}
