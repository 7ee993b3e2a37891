namespace WhatsSession;

/// <summary>An event about a template of the account.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates">Meta, read November 2025.</see></remarks>
public abstract class TemplateEvent : WhatsAppEvent
{
    /// <summary>Makes one with nothing in it: the properties are set where it is made.</summary>
    protected TemplateEvent()
    {
    }

    /// <summary>Meta's id of the template.</summary>
    public string TemplateId { get; init; } = "";

    /// <summary>The name of the template.</summary>
    public string TemplateName { get; init; } = "";

    /// <summary>The language of the template, such as <c>en_US</c>.</summary>
    public string Language { get; init; } = "";
}
