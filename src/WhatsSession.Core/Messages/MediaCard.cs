using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>One card of a <see cref="MediaCarouselMessage"/>.</summary>
/// <remarks>Immutable; equality is by value. <see cref="ToString"/> shows no content.</remarks>
public sealed record MediaCard
{
    /// <summary>Makes a card.</summary>
    /// <param name="header">An image or a video.</param>
    /// <param name="action">What its buttons do.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public MediaCard(MessageHeader header, CardAction action)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(action);
        Header = header;
        Action = action;
    }

    /// <summary>An image or a video.</summary>
    public MessageHeader Header { get; init => field = RequiredPart.Of(value); }

    /// <summary>What the buttons of the card do.</summary>
    public CardAction Action { get; init => field = RequiredPart.Of(value); }

    /// <summary>A text of 1 to 160 characters with at most two line breaks.</summary>
    /// <value>Null by default: no text.</value>
    public string? Body { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(MediaCard);

    internal void Check(ref ViolationList violations, in FieldPath path)
    {
        if (Header is MessageHeader.Image or MessageHeader.Video)
        {
            Header.Check(ref violations, path + ".header");
        }
        else
        {
            violations.Add(path + ".header", "is neither an image nor a video");
        }

        violations.Optional(path + ".body.text", Body, 160);
        if (Body is not null && Body.AsSpan().Count('\n') is > 2 and var breaks)
        {
            violations.Add(path + ".body.text", "has more than two line breaks", limit: 2, actual: breaks);
        }

        Action.Check(ref violations, path + ".action");
    }
}
