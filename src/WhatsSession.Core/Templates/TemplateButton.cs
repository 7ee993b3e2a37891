namespace WhatsSession;

/// <summary>Makes the values of a template's buttons, for <see cref="TemplateMessage.Buttons"/>.</summary>
/// <remarks>The record of the same name in <see cref="TemplateButtonParameter"/> describes each value and its limits.</remarks>
public static class TemplateButton
{
    /// <summary>The end of the address that a button opens.</summary>
    /// <param name="index">The place of the button among all buttons of the template: 0 to 9.</param>
    /// <param name="suffix">The text in place of the placeholder.</param>
    public static TemplateButtonParameter Url(int index, string suffix) => new TemplateButtonParameter.Url(index, suffix);

    /// <summary>What comes back when a quick reply is tapped, in place of its label.</summary>
    /// <param name="index">The place of the button among all buttons of the template: 0 to 9.</param>
    /// <param name="payload">1 to 128 characters.</param>
    public static TemplateButtonParameter QuickReply(int index, string payload) => new TemplateButtonParameter.QuickReply(index, payload);

    /// <summary>The coupon code that a button copies.</summary>
    /// <param name="index">The place of the button among all buttons of the template: 0 to 9.</param>
    /// <param name="code">1 to 20 characters; 1 to 15 in a limited-time offer.</param>
    public static TemplateButtonParameter CopyCode(int index, string code) => new TemplateButtonParameter.CopyCode(index, code);

    /// <summary>A button that opens a flow.</summary>
    /// <param name="index">The place of the button among all buttons of the template: 0 to 9.</param>
    public static TemplateButtonParameter Flow(int index) => new TemplateButtonParameter.Flow(index);

    /// <summary>A button that opens the catalog.</summary>
    /// <param name="index">The place of the button among all buttons of the template: 0 to 9.</param>
    public static TemplateButtonParameter Catalog(int index) => new TemplateButtonParameter.Catalog(index);

    /// <summary>A button to several products.</summary>
    /// <param name="index">The place of the button among all buttons of the template: 0 to 9.</param>
    /// <param name="thumbnailProductRetailerId">Your id of the product whose image is shown.</param>
    /// <param name="sections">One to ten sections with at most 30 products in total.</param>
    /// <exception cref="ArgumentException"><paramref name="sections"/> is null or has a null in it.</exception>
    public static TemplateButtonParameter Products(int index, string thumbnailProductRetailerId, params ProductSection[] sections) =>
        new TemplateButtonParameter.Products(index, thumbnailProductRetailerId, sections);

    /// <summary>A button to review and pay an order.</summary>
    /// <param name="index">The place of the button among all buttons of the template: 0 to 9.</param>
    /// <param name="details">The order.</param>
    public static TemplateButtonParameter OrderToPay(int index, OrderDetails details) => new TemplateButtonParameter.OrderToPay(index, details);
}
