using System.Text.Json.Serialization;
using WhatsSession.Json;
using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>The part above the body of an interactive message or a card: a text or one medium.</summary>
/// <remarks>Immutable; equality is by value. <see cref="ToString"/> shows no content.</remarks>
[JsonConverter(typeof(JsonChoiceConverter<MessageHeader>))]
public abstract record MessageHeader
{
    private MessageHeader()
    {
    }

    /// <summary>A header of text: 1 to 60 characters, without markup.</summary>
    public static implicit operator MessageHeader(string text) => new Text(text);

    /// <summary>The kind of header.</summary>
    public sealed override string ToString() => GetType().Name;

    internal abstract void Check(ref ViolationList violations, in FieldPath path);

    /// <summary>A text.</summary>
    /// <param name="Value">1 to 60 characters, without markup.</param>
    public sealed record Text(string Value) : MessageHeader
    {
        internal override void Check(ref ViolationList violations, in FieldPath path) =>
            violations.Required(path + ".text", Value, InteractiveMessage.MaximumHeaderLength);
    }

    /// <summary>An image.</summary>
    /// <param name="Source">Where its content comes from.</param>
    public sealed record Image(MediaSource Source) : MessageHeader
    {
        /// <summary>Where its content comes from.</summary>
        public MediaSource Source { get; init => field = RequiredPart.Of(value); } = RequiredPart.Of(Source);

        internal override void Check(ref ViolationList violations, in FieldPath path) => Source.Check(ref violations, path + ".image", MediaKind.Image);
    }

    /// <summary>A video.</summary>
    /// <param name="Source">Where its content comes from.</param>
    public sealed record Video(MediaSource Source) : MessageHeader
    {
        /// <summary>Where its content comes from.</summary>
        public MediaSource Source { get; init => field = RequiredPart.Of(value); } = RequiredPart.Of(Source);

        internal override void Check(ref ViolationList violations, in FieldPath path) => Source.Check(ref violations, path + ".video", MediaKind.Video);
    }

    /// <summary>A document.</summary>
    /// <param name="Source">Where its content comes from.</param>
    public sealed record Document(MediaSource Source) : MessageHeader
    {
        /// <summary>Where its content comes from.</summary>
        public MediaSource Source { get; init => field = RequiredPart.Of(value); } = RequiredPart.Of(Source);

        /// <summary>The file name shown to the customer.</summary>
        /// <value>Null by default.</value>
        public string? FileName { get; init; }

        internal override void Check(ref ViolationList violations, in FieldPath path)
        {
            Source.Check(ref violations, path + ".document", MediaKind.Document);
            violations.Optional(path + ".document.filename", FileName, DocumentMessage.MaximumFileNameLength);
        }
    }
}
