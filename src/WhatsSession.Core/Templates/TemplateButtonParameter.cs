using System.Text.Json.Serialization;
using WhatsSession.Json;
using WhatsSession.Messages;
using WhatsSession.Templates;

namespace WhatsSession;

/// <summary>The value of one button of a template. Buttons without a value, such as one that dials a number, are left out.</summary>
/// <remarks>Immutable. Equality is by value, but lists compare by reference. <see cref="ToString"/> shows no content.</remarks>
[JsonConverter(typeof(JsonChoiceConverter<TemplateButtonParameter>))]
public abstract record TemplateButtonParameter
{
    private TemplateButtonParameter(int index) => Index = index;

    /// <summary>The place of the button among all buttons of the template (or of the card): 0 to 9.</summary>
    public int Index { get; init; }

    /// <summary>The kind of button.</summary>
    public sealed override string ToString() => GetType().Name;

    internal static void Check(ref ViolationList violations, in FieldPath path, IReadOnlyList<TemplateButtonParameter> buttons, int longestCoupon)
    {
        var seen = 0;
        for (var i = 0; i < buttons.Count; i++)
        {
            var button = buttons[i];
            FieldPath place = $"{path}[button {button.Index}]";
            violations.Between(place + ".index", button.Index, 0, 9);
            var bit = 1 << (button.Index & 31);
            if ((seen & bit) != 0)
            {
                violations.Add(place + ".index", "is the same as an earlier one; each must be unique");
            }

            seen |= bit;
            button.Check(ref violations, place + ".parameters[0]", longestCoupon);
        }
    }

    private protected abstract void Check(ref ViolationList violations, in FieldPath path, int longestCoupon);

    /// <summary>A button that opens a web page whose address ends in a placeholder.</summary>
    /// <param name="Index">The place of the button.</param>
    /// <param name="Suffix">
    /// The end of the address: at least one character. The whole address has at most 2,000 characters. No line breaks, no tabs and no more than four spaces in
    /// a row.
    /// </param>
    public sealed record Url(int Index, string Suffix) : TemplateButtonParameter(Index)
    {
        private protected override void Check(ref ViolationList violations, in FieldPath path, int longestCoupon) =>
            TemplateParameter.CheckText(ref violations, path + ".text", Suffix, TemplateButtonLimits.LongestUrl);
    }

    /// <summary>A button to answer with.</summary>
    /// <param name="Index">The place of the button.</param>
    /// <param name="Payload">What comes back when it is tapped, in place of its label: 1 to 128 characters.</param>
    public sealed record QuickReply(int Index, string Payload) : TemplateButtonParameter(Index)
    {
        private protected override void Check(ref ViolationList violations, in FieldPath path, int longestCoupon) =>
            violations.Required(path + ".payload", Payload, 128);
    }

    /// <summary>A button that copies a coupon code.</summary>
    /// <param name="Index">The place of the button.</param>
    /// <param name="Code">The code: 1 to 20 characters, in a limited-time offer 1 to 15.</param>
    public sealed record CopyCode(int Index, string Code) : TemplateButtonParameter(Index)
    {
        private protected override void Check(ref ViolationList violations, in FieldPath path, int longestCoupon) =>
            violations.Required(path + ".coupon_code", Code, longestCoupon);
    }

    /// <summary>A button that opens a flow.</summary>
    /// <param name="Index">The place of the button.</param>
    public sealed record Flow(int Index) : TemplateButtonParameter(Index)
    {
        /// <summary>Your own token, which the flow's endpoint and the answer carry.</summary>
        /// <value>Null by default.</value>
        public string? Token { get; init; }

        /// <summary>The data of the first screen: the text of one JSON object. Any other text makes the send throw <see cref="ArgumentException"/>.</summary>
        /// <value>Null by default.</value>
        public string? Data { get; init; }

        private protected override void Check(ref ViolationList violations, in FieldPath path, int longestCoupon) =>
            violations.Optional(path + ".action.flow_token", Token);
    }

    /// <summary>A button that opens the catalog.</summary>
    /// <param name="Index">The place of the button.</param>
    public sealed record Catalog(int Index) : TemplateButtonParameter(Index)
    {
        /// <summary>Your id of the product whose image is shown.</summary>
        /// <value>Null by default: the first product of the catalog.</value>
        public string? ThumbnailProductRetailerId { get; init; }

        private protected override void Check(ref ViolationList violations, in FieldPath path, int longestCoupon) =>
            violations.Optional(path + ".action.thumbnail_product_retailer_id", ThumbnailProductRetailerId);
    }

    /// <summary>A button to several products (<c>mpm</c>).</summary>
    public sealed record Products : TemplateButtonParameter
    {
        /// <summary>Makes the value.</summary>
        /// <param name="index">The place of the button.</param>
        /// <param name="thumbnailProductRetailerId">Your id of the product whose image is shown.</param>
        /// <param name="sections">One to ten sections with at most 30 products in total.</param>
        /// <exception cref="ArgumentException"><paramref name="sections"/> is null or has a null in it.</exception>
        public Products(int index, string thumbnailProductRetailerId, params ProductSection[] sections)
            : base(index)
        {
            ThumbnailProductRetailerId = thumbnailProductRetailerId;
            Sections = CopiedList.Of(sections);
        }

        /// <summary>Your id of the product whose image is shown.</summary>
        public string ThumbnailProductRetailerId { get; init; }

        /// <summary>The sections.</summary>
        public IReadOnlyList<ProductSection> Sections { get; init => field = CopiedList.Checked(value); }

        private protected override void Check(ref ViolationList violations, in FieldPath path, int longestCoupon)
        {
            violations.Required(path + ".action.thumbnail_product_retailer_id", ThumbnailProductRetailerId);
            ProductSection.Check(ref violations, path + ".action.sections", Sections);
        }
    }

    /// <summary>A button to call the business number on WhatsApp.</summary>
    /// <param name="Index">The place of the button.</param>
    public sealed record VoiceCall(int Index) : TemplateButtonParameter(Index)
    {
        /// <summary>For how many minutes the button works: 1 to 43,200.</summary>
        /// <value>Null by default.</value>
        public int? TtlMinutes { get; init; }

        /// <summary>Your own data of 1 to 512 characters, which comes with the call.</summary>
        /// <value>Null by default.</value>
        public string? Payload { get; init; }

        private protected override void Check(ref ViolationList violations, in FieldPath path, int longestCoupon)
        {
            if (TtlMinutes is null && Payload is null)
            {
                violations.Add(path, "has neither life time nor payload; leave the button out");
            }

            VoiceCallMessage.CheckCall(ref violations, path, TtlMinutes, Payload);
        }
    }

    /// <summary>A button to review and pay an order.</summary>
    /// <param name="Index">The place of the button.</param>
    /// <param name="Details">The order.</param>
    public sealed record OrderToPay(int Index, OrderDetails Details) : TemplateButtonParameter(Index)
    {
        /// <summary>What is paid.</summary>
        public OrderDetails Details { get; init => field = RequiredPart.Of(value); } = RequiredPart.Of(Details);

        private protected override void Check(ref ViolationList violations, in FieldPath path, int longestCoupon) =>
            Details.Check(ref violations, path + ".action.order_details");
    }
}
