using System.Text.Json.Serialization;
using WhatsSession.Json;
using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A button of a template.</summary>
/// <remarks>
/// Immutable. Equality is by value, but lists compare by reference. <see cref="ToString"/> shows no content.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components">Meta, read 10 March 2026.</see>
/// </remarks>
[JsonConverter(typeof(JsonChoiceConverter<TemplateButtonDefinition>))]
public abstract record TemplateButtonDefinition
{
    private TemplateButtonDefinition(string? text) => Text = text;

    /// <summary>Meta's word for the kind of button: <c>type</c> in the request, in capitals.</summary>
    public abstract string Kind { get; }

    /// <summary>The label: 1 to 25 characters.</summary>
    /// <value>Null if Meta writes the label.</value>
    public string? Text { get; init; }

    /// <summary>
    /// The fields that this version does not know, as the text of one JSON object; they are written back as they came.
    /// One that is not an object makes the request throw <see cref="ArgumentException"/>.
    /// </summary>
    /// <value>Null by default: there are none.</value>
    public string? OtherFields { get; init; }

    /// <summary>The kind, without content.</summary>
    public sealed override string ToString() => GetType().Name;

    /// <summary>A button to answer with.</summary>
    /// <param name="Text">The label.</param>
    public sealed record QuickReply(string Text) : TemplateButtonDefinition(Text)
    {
        /// <inheritdoc />
        public override string Kind => "QUICK_REPLY";
    }

    /// <summary>A button that opens a web page.</summary>
    /// <param name="Text">The label.</param>
    /// <param name="Address">The address: at most 2,000 characters. It may end in one placeholder, which each message fills in.</param>
    public sealed record Url(string Text, string Address) : TemplateButtonDefinition(Text)
    {
        /// <summary>An example of the whole address, when it has a placeholder.</summary>
        /// <value>Null by default.</value>
        public string? Example { get; init; }

        /// <inheritdoc />
        public override string Kind => "URL";
    }

    /// <summary>A button that dials a number.</summary>
    /// <param name="Text">The label.</param>
    /// <param name="Number">The number: at most 20 characters.</param>
    public sealed record PhoneNumber(string Text, string Number) : TemplateButtonDefinition(Text)
    {
        /// <inheritdoc />
        public override string Kind => "PHONE_NUMBER";
    }

    /// <summary>A button that copies a coupon code. Each message has its own code.</summary>
    /// <param name="Example">An example of a code: at most 20 characters.</param>
    public sealed record CopyCode(string Example) : TemplateButtonDefinition(text: null)
    {
        /// <inheritdoc />
        public override string Kind => "COPY_CODE";
    }

    /// <summary>The button of an authentication template. Meta lists it as a button that opens a web page.</summary>
    /// <param name="Delivery">How the code gets into the app.</param>
    public sealed record OneTimeCode(OneTimeCodeKind Delivery) : TemplateButtonDefinition(text: null)
    {
        /// <summary>The label of the button that gives the code to the app.</summary>
        /// <value>Null by default: Meta's own.</value>
        public string? AutofillText { get; init; }

        /// <summary>Whether you accept Meta's terms for <see cref="OneTimeCodeKind.ZeroTap"/>. A template of this kind needs it.</summary>
        /// <value>Null by default.</value>
        public bool? AcceptsZeroTapTerms { get; init; }

        /// <summary>
        /// The apps that may receive the code, for <see cref="OneTimeCodeKind.OneTap"/> and <see cref="OneTimeCodeKind.ZeroTap"/>: at most five.
        /// </summary>
        /// <value>Empty by default.</value>
        public IReadOnlyList<TemplateApp> Apps { get; init => field = CopiedList.Checked(value); } = [];

        /// <inheritdoc />
        public override string Kind => "OTP";
    }

    /// <summary>A button that opens a flow, named by one of <see cref="FlowId"/>, <see cref="FlowName"/> and <see cref="FlowJson"/>.</summary>
    /// <param name="Text">The label.</param>
    public sealed record Flow(string Text) : TemplateButtonDefinition(Text)
    {
        /// <summary>Meta's id of the flow.</summary>
        /// <value>Null by default.</value>
        public string? FlowId { get; init; }

        /// <summary>The name of the flow.</summary>
        /// <value>Null by default.</value>
        public string? FlowName { get; init; }

        /// <summary>The flow itself, as the text of its JSON.</summary>
        /// <value>Null by default.</value>
        public string? FlowJson { get; init; }

        /// <summary>What the tap does: <c>navigate</c> or <c>data_exchange</c>.</summary>
        /// <value>Null by default: <c>navigate</c>.</value>
        public string? Action { get; init; }

        /// <summary>The first screen, for <c>navigate</c>.</summary>
        /// <value>Null by default: the flow's first.</value>
        public string? Screen { get; init; }

        /// <inheritdoc />
        public override string Kind => "FLOW";
    }

    /// <summary>A button that opens the catalog.</summary>
    /// <param name="Text">The label.</param>
    public sealed record Catalog(string Text) : TemplateButtonDefinition(Text)
    {
        /// <inheritdoc />
        public override string Kind => "CATALOG";
    }

    /// <summary>A button to several products. Each message names the products.</summary>
    /// <param name="Text">The label.</param>
    public sealed record Products(string Text) : TemplateButtonDefinition(Text)
    {
        /// <inheritdoc />
        public override string Kind => "MPM";
    }

    /// <summary>A button to the product in the header.</summary>
    /// <param name="Text">The label.</param>
    public sealed record Product(string Text) : TemplateButtonDefinition(Text)
    {
        /// <inheritdoc />
        public override string Kind => "SPM";
    }

    /// <summary>A button to call the business number on WhatsApp.</summary>
    /// <param name="Text">The label.</param>
    public sealed record VoiceCall(string Text) : TemplateButtonDefinition(Text)
    {
        /// <inheritdoc />
        public override string Kind => "VOICE_CALL";
    }

    /// <summary>A button that opens an app.</summary>
    /// <param name="Text">The label.</param>
    public sealed record App(string Text) : TemplateButtonDefinition(Text)
    {
        /// <inheritdoc />
        public override string Kind => "APP";
    }

    /// <summary>A button to review and pay an order. Each message has its own order.</summary>
    /// <param name="Text">The label.</param>
    public sealed record OrderDetails(string Text) : TemplateButtonDefinition(Text)
    {
        /// <inheritdoc />
        public override string Kind => "ORDER_DETAILS";
    }

    /// <summary>A button with which the customer shares the phone number.</summary>
    public sealed record RequestContactInfo() : TemplateButtonDefinition(text: null)
    {
        /// <inheritdoc />
        public override string Kind => "REQUEST_CONTACT_INFO";
    }

    /// <summary>A button of a kind that this version does not know. Its content is in <see cref="OtherFields"/>.</summary>
    /// <param name="Kind">Meta's word for the kind.</param>
    public sealed record Raw(string Kind) : TemplateButtonDefinition(text: null)
    {
        /// <inheritdoc />
        public override string Kind { get; } = Kind;
    }
}
