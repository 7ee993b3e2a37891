using System.Text.Json.Serialization;
using WhatsSession.Json;
using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A way to pay an order.</summary>
/// <remarks>Immutable; equality is by value. <see cref="ToString"/> shows no content.</remarks>
[JsonConverter(typeof(JsonChoiceConverter<PaymentSetting>))]
public abstract record PaymentSetting
{
    private PaymentSetting()
    {
    }

    /// <summary>The kind of setting.</summary>
    public sealed override string ToString() => GetType().Name;

    internal abstract void Check(ref ViolationList violations, in FieldPath path);

    /// <summary>A link to a page of yours.</summary>
    /// <param name="Url">The page: an absolute http or https address.</param>
    public sealed record PaymentLink(Uri Url) : PaymentSetting
    {
        internal override void Check(ref ViolationList violations, in FieldPath path) => violations.WebAddress(path + ".payment_link.uri", Url);
    }

    /// <summary>Any other way, such as <c>pix_dynamic_code</c>, <c>boleto</c> or <c>payment_gateway</c>.</summary>
    /// <param name="Type">Meta's word for it, which is also the name of its property.</param>
    /// <param name="Json">Its content: the text of one JSON object. Any other text makes the send throw <see cref="ArgumentException"/>.</param>
    public sealed record Raw(string Type, string Json) : PaymentSetting
    {
        internal override void Check(ref ViolationList violations, in FieldPath path) => violations.Required(path + ".type", Type);
    }
}
