using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;
using WhatsSession.Messages;
using WhatsSession.Templates;

namespace WhatsSession;

/// <summary>
/// A message from a template that Meta has approved. It may be sent at any time. It does not open a window, but the customer's answer to it does.
/// </summary>
/// <remarks>
/// A message has only the values of the template. Fixed texts, the footer and fixed buttons are part of the template itself.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview">Meta, read November 2025.</see>
/// </remarks>
public sealed record TemplateMessage : Message
{
    /// <summary>The maximum length of a one-time code: 15 characters.</summary>
    public const int MaximumCodeLength = 15;

    // The component whose path each violation names.
    private const string BodyPath = "template.components[body].parameters";

    /// <summary>Makes the message.</summary>
    /// <param name="name">The template's name: 1 to 512 lower-case letters, digits and underscores.</param>
    /// <param name="language">The code of the language it was approved in, such as <c>en_US</c> or <c>de</c>.</param>
    /// <param name="body">The texts for the placeholders of the body, in order.</param>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    public TemplateMessage(string name, string language, params string[] body)
    {
        ArgumentNullException.ThrowIfNull(body);
        Name = name;
        Language = language;
        Body = body.Length == 0 ? [] : Array.ConvertAll(body, text => (TemplateParameter)new TemplateParameter.Text(text));
    }

    /// <summary>The template's name.</summary>
    public string Name { get; init; }

    /// <summary>The code of its language.</summary>
    public string Language { get; init; }

    /// <summary>Whether the request names the language policy <c>deterministic</c>: this language or none. It is the only policy there is.</summary>
    /// <value>False by default: the request names none, which means the same.</value>
    public bool NamesLanguagePolicy { get; init; }

    /// <summary>The value of the header: a text for its placeholder, a medium, a place or a product.</summary>
    /// <value>Null by default: the template has no header, or its header needs no value.</value>
    public TemplateHeader? Header { get; init; }

    /// <summary>The values for the placeholders of the body: all by position, or all by name.</summary>
    public IReadOnlyList<TemplateParameter> Body { get; init => field = CopiedList.Checked(value); }

    /// <summary>The values of the buttons that need one, each with the position of its button in the template.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<TemplateButtonParameter> Buttons { get; init => field = CopiedList.Checked(value); } = [];

    /// <summary>
    /// The code of an authentication template, 1 to 15 characters. It is put into the body and the button. Such a template can be sent only to phone numbers.
    /// </summary>
    /// <value>Null by default: not an authentication template.</value>
    public string? OneTimeCode { get; init; }

    /// <summary>When the offer of a limited-time-offer template ends.</summary>
    /// <value>Null by default.</value>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? OfferEnds { get; init; }

    /// <summary>The new state of an order, for an order status template.</summary>
    /// <value>Null by default.</value>
    public OrderUpdate? OrderUpdate { get; init; }

    /// <summary>The cards of a carousel template: two to ten, as many as the template has.</summary>
    /// <value>Empty by default: no carousel.</value>
    public IReadOnlyList<TemplateCard> Cards { get; init => field = CopiedList.Checked(value); } = [];

    /// <summary>The web pages that a tap on the message opens (<c>tap_target_configuration</c>).</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<TapTarget> TapTargets { get; init => field = CopiedList.Checked(value); } = [];

    /// <summary>Sends a marketing template through the Marketing Messages API (<c>/marketing_messages</c>).</summary>
    /// <value>Null by default: as an ordinary message.</value>
    public MarketingDelivery? Marketing { get; init; }

    /// <summary>
    /// The whole <c>template</c> object as JSON, for parts that Meta adds in the future. It is sent unchanged and unchecked, in place of all other parts
    /// except <see cref="Marketing"/>. A text that is not a JSON object makes the send throw <see cref="ArgumentException"/>.
    /// </summary>
    /// <value>Null by default.</value>
    public string? Json { get; init; }

    /// <inheritdoc />
    public override string Kind => "template";

    private protected override void Check(ref ViolationList violations)
    {
        TemplateName.Check(ref violations, "template.name", Name);
        TemplateName.CheckLanguage(ref violations, "template.language.code", Language);
        if (Json is not null)
        {
            return;
        }

        Header?.Check(ref violations, "template.components[header].parameters[0]");
        if (Header is TemplateHeader.Gif && Marketing is null)
        {
            violations.Add("template.components[header].parameters[0]", "is a GIF, which only the Marketing Messages API takes; set Marketing");
        }

        TemplateParameter.Check(
            ref violations,
            BodyPath,
            Body,
            !HasOtherComponents ? TemplateLimits.LongestBodyAlone : OfferEnds is null ? TemplateLimits.LongestBody : TemplateLimits.LongestBodyOfOffer);
        if (Header is TemplateHeader.Text header && Body.Count > 0 && header.Name is null != Body[0].Name is null)
        {
            violations.Add(
                "template.components[header].parameters[0]",
                "is named where the body is positional, or the other way round; a template has one kind");
        }

        TemplateButtonParameter.Check(ref violations, "template.components", Buttons, OfferEnds is null ? 20 : 15);
        OrderUpdate?.Check(ref violations, "template.components[order_status].parameters[0].order_status");
        CheckCode(ref violations);
        CheckCards(ref violations);
        for (var i = 0; i < TapTargets.Count; i++)
        {
            TapTargets[i].Check(ref violations, $"template.components[tap_target_configuration].parameters[0].tap_target_configuration[{i}]");
        }
    }

    private protected override void CheckParty(ref ViolationList violations, ConversationKey conversation)
    {
        if (OneTimeCode is not null)
        {
            violations.NoUserId(conversation);
        }

        if (conversation.IsGroup
            && (OneTimeCode is not null || OrderUpdate is not null || Cards.Count > 0 || Header is TemplateHeader.Product or TemplateHeader.Location
                || HasButtonsForOneCustomer()))
        {
            violations.Add("type", TemplateParty.NotToGroups);
        }
    }

    private bool HasOtherComponents => Header is not null || Buttons.Count > 0 || Cards.Count > 0 || OfferEnds is not null;

    private bool HasButtonsForOneCustomer()
    {
        var found = false;
        for (var i = 0; i < Buttons.Count && !found; i++)
        {
            found = Buttons[i] is TemplateButtonParameter.Catalog or TemplateButtonParameter.Products or TemplateButtonParameter.OrderToPay
                or TemplateButtonParameter.VoiceCall or TemplateButtonParameter.Flow;
        }

        return found;
    }

    private void CheckCode(ref ViolationList violations)
    {
        if (OneTimeCode is null)
        {
            return;
        }

        TemplateParameter.CheckText(ref violations, BodyPath + "[0].text", OneTimeCode, MaximumCodeLength);
        if (Marketing is not null || Body.Count > 0 || HasOtherComponents || OrderUpdate is not null || TapTargets.Count > 0)
        {
            violations.Add("template.components", "has more than the one-time code; an authentication template takes nothing else");
        }
    }

    private void CheckCards(ref ViolationList violations)
    {
        if (Cards.Count == 0)
        {
            return;
        }

        violations.Count("template.components[carousel].cards", Cards.Count, 2, 10, "cards");
        for (var i = 0; i < Cards.Count; i++)
        {
            Cards[i].Check(ref violations, $"template.components[carousel].cards[{i}].components");
        }
    }
}
