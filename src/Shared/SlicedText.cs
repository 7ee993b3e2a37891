using System.Text.Json;

namespace WhatsSession.Shared;

/// <summary>
/// A text that stands in its event's slice and becomes a string when it is first asked for:
/// taking a webhook in asks for none, and a long text would take twice its size once more.
/// </summary>
internal struct SlicedText
{
    // Zero where there is no text: inside an object none stands there.
    private int _start;
    private int _length;
    private string? _text;

    public readonly bool IsPresent => _start > 0 || _text is not null;

    /// <summary>Notes the value that the reader stands on; what is not a JSON string is read at once.</summary>
    public static SlicedText Read(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String
        ? new SlicedText { _start = (int)reader.TokenStartIndex + 1, _length = reader.ValueSpan.Length }
        : new SlicedText { _text = JsonText.Read(ref reader) };

    /// <summary>A text that stands in no slice.</summary>
    public static SlicedText Of(string? text) => new() { _text = text };

    /// <summary>Says where the slice starts in what was read.</summary>
    public void MoveTo(int sliceStart) => _start -= _start > 0 ? sliceStart : 0;

    /// <summary>The text in its event's slice; null when there is none. Threads that ask at once may each make the same string.</summary>
    public string? In(ReadOnlyMemory<byte> slice) => _text ??= _start > 0 ? JsonText.Decode(slice.Span.Slice(_start, _length)) : null;
}
