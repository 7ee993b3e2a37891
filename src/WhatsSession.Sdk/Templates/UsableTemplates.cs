namespace WhatsSession;

/// <summary>Which templates an agent may choose from in a conversation.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/groups">Meta on groups</see>, and on user ids error 131062, read March 2026.</remarks>
internal static class UsableTemplates
{
    private const string OrderStatus = "ORDER_STATUS";

    public static bool Includes(TemplateDefinition template, ConversationKey conversation) =>
        template.Status == TemplateStatus.Approved
        && (conversation.IsGroup ? !IsForCodes(template) && !HasCommerceOrCalls(template) : conversation.Customer is not { IsBusinessScoped: true } || !IsForCodes(template));

    private static bool IsForCodes(TemplateDefinition template) =>
        template.Category == TemplateCategory.Authentication || ButtonsOf(template.Components).Any(static button => button is TemplateButtonDefinition.OneTimeCode);

    private static bool HasCommerceOrCalls(TemplateDefinition template) =>
        template.SubCategory == OrderStatus || HasCommerceOrCalls(template.Components) || template.Components.OfType<TemplateComponent.Carousel>().Any(static carousel => carousel.Cards.Any(static card => HasCommerceOrCalls(card.Components)));

    private static bool HasCommerceOrCalls(IReadOnlyList<TemplateComponent> components) =>
        components.Any(static component => component is TemplateComponent.CallPermissionRequest || component.Kind == OrderStatus
            || (component is TemplateComponent.MediaHeader { Format: var format } && format == TemplateHeaderFormat.Product))
        || ButtonsOf(components).Any(static button => button
            is TemplateButtonDefinition.Catalog or TemplateButtonDefinition.Products or TemplateButtonDefinition.Product or TemplateButtonDefinition.OrderDetails or TemplateButtonDefinition.VoiceCall);

    private static IEnumerable<TemplateButtonDefinition> ButtonsOf(IReadOnlyList<TemplateComponent> components) => components.OfType<TemplateComponent.Buttons>().SelectMany(static buttons => buttons.Items);
}
