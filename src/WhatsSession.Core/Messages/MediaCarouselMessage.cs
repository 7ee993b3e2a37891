using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A text above two to ten cards to swipe through, each with an image or a video. It has no footer.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-media-carousel-messages">Meta,
/// December 2025.</see>
/// </remarks>
public sealed record MediaCarouselMessage : InteractiveMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="body">The text above the cards: 1 to 1,024 characters.</param>
    /// <param name="cards">Two to ten cards with the same kind and number of buttons.</param>
    /// <exception cref="ArgumentException"><paramref name="cards"/> is null or has a null in it.</exception>
    public MediaCarouselMessage(string body, params MediaCard[] cards)
        : base(body) => Cards = CopiedList.Of(cards);

    /// <summary>The cards.</summary>
    public IReadOnlyList<MediaCard> Cards { get; init => field = CopiedList.Checked(value); }

    /// <inheritdoc />
    public override string InteractiveKind => "carousel";

    private protected override bool MayHaveFooter => false;

    private protected override void Check(ref ViolationList violations)
    {
        base.Check(ref violations);
        violations.Count("interactive.action.cards", Cards.Count, 2, 10, "cards");
        for (var i = 0; i < Cards.Count; i++)
        {
            FieldPath path = $"interactive.action.cards[{i}]";
            Cards[i].Check(ref violations, path);
            if (!Cards[i].Action.HasSameButtonsAs(Cards[0].Action))
            {
                violations.Add(path + ".action", "has another kind or number of buttons than the first card");
            }
        }
    }
}
