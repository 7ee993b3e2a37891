namespace WhatsSession;

/// <summary>
/// A copy of a template message of the business. It is the message of a <see cref="MessageEchoed"/> or a <see cref="HistoryMessageReceived"/>.
/// </summary>
/// <remarks>
/// The values of the template are in the raw JSON.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/standby">Meta, read November 2026.</see>
/// </remarks>
public sealed class TemplateEchoed : MessageReceived
{
    private string _templateName = "";
    private string _language = "";
    private TemplateCategory? _category;
    private TemplateStatus? _status;

    /// <summary>The name of the template; empty when absent.</summary>
    public string TemplateName
    {
        get => _templateName;
        init => _templateName = value;
    }

    /// <summary>The language of the template, such as <c>en_US</c>; empty when absent.</summary>
    public string Language
    {
        get => _language;
        init => _language = value;
    }

    /// <summary>The category of the template; null when the copy does not say.</summary>
    public TemplateCategory? Category
    {
        get => _category;
        init => _category = value;
    }

    /// <summary>The status of the template when it was sent; null when the copy does not say.</summary>
    public TemplateStatus? Status
    {
        get => _status;
        init => _status = value;
    }

    /// <summary>Adds the fields next to the message that was sent.</summary>
    internal void Complete(TemplateEchoed? beside)
    {
        if (beside is null)
        {
            return;
        }

        _templateName = _templateName.Length > 0 ? _templateName : beside._templateName;
        _language = _language.Length > 0 ? _language : beside._language;
        _category ??= beside._category;
        _status ??= beside._status;
    }
}
