namespace WhatsSession;

/// <summary>A customer tapped a button: a reply button of an interactive message, or a quick-reply button of a template.</summary>
public sealed class ButtonReplied : MessageReceived
{
    /// <summary>The button's id, or the payload of a template's button.</summary>
    public string ButtonId { get; init; } = "";

    /// <summary>The label that the customer saw.</summary>
    public string Title { get; init; } = "";

    /// <summary>Whether it was a template's quick-reply button.</summary>
    public bool IsTemplateButton { get; init; }
}
