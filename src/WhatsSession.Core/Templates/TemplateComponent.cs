using System.Text.Json.Serialization;
using WhatsSession.Json;
using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>One part of a template: its header, body, footer, buttons or cards.</summary>
/// <remarks>
/// Immutable. Equality is by value, but lists compare by reference. <see cref="ToString"/> shows no content.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components">Meta, read 10 March 2026.</see>
/// </remarks>
[JsonConverter(typeof(JsonChoiceConverter<TemplateComponent>))]
public abstract record TemplateComponent
{
    private TemplateComponent()
    {
    }

    /// <summary>Meta's word for the kind of component: <c>type</c> in the request, in capitals.</summary>
    public abstract string Kind { get; }

    /// <summary>
    /// The fields that this version does not know, as the text of one JSON object; they are written back as they came.
    /// One that is not an object makes the request throw <see cref="ArgumentException"/>.
    /// </summary>
    /// <value>Null by default: there are none.</value>
    public string? OtherFields { get; init; }

    /// <summary>The kind, without content.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>A header of text.</summary>
    /// <param name="Text">1 to 60 characters with at most one placeholder, without markup.</param>
    public sealed record TextHeader(string Text) : TemplateComponent
    {
        /// <summary>An example for the placeholder.</summary>
        /// <value>Empty by default: there is no placeholder.</value>
        public IReadOnlyList<TemplateExample> Examples { get; init => field = CopiedList.Checked(value); } = [];

        /// <inheritdoc />
        public override string Kind => "HEADER";
    }

    /// <summary>A header with a medium, a place or a product. Each message has its own.</summary>
    /// <param name="Format">The kind of header.</param>
    public sealed record MediaHeader(TemplateHeaderFormat Format) : TemplateComponent
    {
        /// <summary>Examples of media for the review: the handles that the resumable upload returned.</summary>
        /// <value>Empty by default. A template with an image, a video or a document needs one.</value>
        public IReadOnlyList<string> ExampleHandles { get; init => field = CopiedList.Checked(value); } = [];

        /// <inheritdoc />
        public override string Kind => "HEADER";
    }

    /// <summary>The text.</summary>
    public sealed record Body : TemplateComponent
    {
        /// <summary>Makes the body of an authentication template, whose text is Meta's.</summary>
        public Body()
        {
        }

        /// <summary>Makes a body.</summary>
        /// <param name="text">1 to 1,024 characters. Placeholders are <c>{{1}}</c>, <c>{{2}}</c> or <c>{{order_no}}</c>; none at the start or the end.</param>
        /// <param name="examples">An example for each placeholder.</param>
        /// <exception cref="ArgumentException"><paramref name="examples"/> is null or has a null in it.</exception>
        public Body(string text, params TemplateExample[] examples)
        {
            Text = text;
            Examples = CopiedList.Of(examples);
        }

        /// <summary>The text.</summary>
        /// <value>Null in an authentication template that is created: Meta writes the text.</value>
        public string? Text { get; init; }

        /// <summary>An example for each placeholder.</summary>
        public IReadOnlyList<TemplateExample> Examples { get; init => field = CopiedList.Checked(value); } = [];

        /// <summary>In an authentication template: whether Meta adds the advice not to share the code.</summary>
        /// <value>Null by default: not an authentication template, or not known.</value>
        public bool? AddsSecurityAdvice { get; init; }

        /// <inheritdoc />
        public override string Kind => "BODY";
    }

    /// <summary>The small text below the body.</summary>
    public sealed record Footer : TemplateComponent
    {
        /// <summary>Makes the footer of an authentication template, whose text is Meta's.</summary>
        public Footer()
        {
        }

        /// <summary>Makes a footer.</summary>
        /// <param name="text">1 to 60 characters without placeholders.</param>
        public Footer(string text) => Text = text;

        /// <summary>The text.</summary>
        /// <value>Null in an authentication template that is created: Meta writes the text.</value>
        public string? Text { get; init; }

        /// <summary>In an authentication template: for how many minutes the code is valid, 1 to 90.</summary>
        /// <value>Null by default: not set.</value>
        public int? CodeExpirationMinutes { get; init; }

        /// <inheritdoc />
        public override string Kind => "FOOTER";
    }

    /// <summary>The buttons.</summary>
    public sealed record Buttons : TemplateComponent
    {
        /// <summary>Makes the component.</summary>
        /// <param name="items">1 to 10 buttons.</param>
        /// <exception cref="ArgumentException"><paramref name="items"/> is null or has a null in it.</exception>
        public Buttons(params TemplateButtonDefinition[] items) => Items = CopiedList.Of(items);

        /// <summary>The buttons, in order: a message names them by their place here.</summary>
        public IReadOnlyList<TemplateButtonDefinition> Items { get; init => field = CopiedList.Checked(value); }

        /// <inheritdoc />
        public override string Kind => "BUTTONS";
    }

    /// <summary>The cards of a carousel.</summary>
    public sealed record Carousel : TemplateComponent
    {
        /// <summary>Makes the component.</summary>
        /// <param name="cards">2 to 10 cards. With products it is 2 cards, and a message may have up to 10.</param>
        /// <exception cref="ArgumentException"><paramref name="cards"/> is null or has a null in it.</exception>
        public Carousel(params TemplateCardDefinition[] cards) => Cards = CopiedList.Of(cards);

        /// <summary>The cards.</summary>
        public IReadOnlyList<TemplateCardDefinition> Cards { get; init => field = CopiedList.Checked(value); }

        /// <inheritdoc />
        public override string Kind => "CAROUSEL";
    }

    /// <summary>The banner of a limited-time offer.</summary>
    /// <param name="Text">1 to 16 characters.</param>
    public sealed record LimitedTimeOffer(string Text) : TemplateComponent
    {
        /// <summary>Whether a message says when the offer ends.</summary>
        /// <value>Null by default: not known.</value>
        public bool? HasExpiration { get; init; }

        /// <summary>
        /// Other fields inside <c>limited_time_offer</c> that this version does not know. Fields outside of it are in
        /// <see cref="TemplateComponent.OtherFields"/>.
        /// </summary>
        /// <value>Null by default: there are none.</value>
        public string? OtherOfferFields { get; init; }

        /// <inheritdoc />
        public override string Kind => "LIMITED_TIME_OFFER";
    }

    /// <summary>A request to allow calls.</summary>
    public sealed record CallPermissionRequest : TemplateComponent
    {
        /// <inheritdoc />
        public override string Kind => "CALL_PERMISSION_REQUEST";
    }

    /// <summary>A component of a kind that this version does not know. Its content is in <see cref="OtherFields"/>.</summary>
    /// <param name="Kind">Meta's word for the kind.</param>
    public sealed record Raw(string Kind) : TemplateComponent
    {
        /// <inheritdoc />
        public override string Kind { get; } = Kind;
    }
}
