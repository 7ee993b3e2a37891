using WhatsSession.Messages;

namespace WhatsSession.Templates;

/// <summary>Whom the messages of a template may go to.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/groups">Meta on groups, read November 2025</see>:
/// they take templates of text and media. Error 131062 is of
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids">Meta on user ids, 7 May 2026.</see>
/// </remarks>
internal static class TemplateParty
{
    public const string NotToGroups = "is a template of more than text and media, which cannot be sent to a group";

    private const string OrderStatus = "ORDER_STATUS";

    public static void Check(ref ViolationList violations, TemplateDefinition template, ConversationKey conversation)
    {
        var isForCodes = IsForCodes(template);
        if (isForCodes)
        {
            violations.NoUserId(conversation);
        }

        if (conversation.IsGroup && (isForCodes || IsForOrders(template) || template.Components.Any(IsForOneCustomer)))
        {
            violations.Add("type", NotToGroups);
        }
    }

    public static bool IsForCodes(TemplateDefinition template) =>
        template.Category == TemplateCategory.Authentication
        || template.Components.OfType<TemplateComponent.Buttons>().Any(buttons => buttons.Items.Any(button => button is TemplateButtonDefinition.OneTimeCode));

    public static bool IsForOrders(TemplateDefinition template) =>
        template.SubCategory == OrderStatus || template.Components.Any(component => component.Kind == OrderStatus);

    private static bool IsForOneCustomer(TemplateComponent component) => component switch
    {
        TemplateComponent.MediaHeader { Format: var format } => format == TemplateHeaderFormat.Product || format == TemplateHeaderFormat.Location,
        TemplateComponent.Buttons buttons => buttons.Items.Any(IsForOneCustomer),
        _ => component is TemplateComponent.Carousel or TemplateComponent.CallPermissionRequest,
    };

    private static bool IsForOneCustomer(TemplateButtonDefinition button) => button
        is TemplateButtonDefinition.Catalog or TemplateButtonDefinition.Products or TemplateButtonDefinition.Product
        or TemplateButtonDefinition.OrderDetails or TemplateButtonDefinition.VoiceCall or TemplateButtonDefinition.Flow;
}
