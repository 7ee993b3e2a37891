using WhatsSession.Messages;
using WhatsSession.Templates;

namespace WhatsSession;

/// <summary>A template as Meta has it.</summary>
/// <remarks>
/// Immutable. Equality is by value, but the list of components compares by reference.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management">Meta, read 10 March 2026.</see>
/// </remarks>
public sealed record TemplateDefinition
{
    /// <summary>Meta's id of the template in this language.</summary>
    /// <value>Empty when not known.</value>
    public string Id { get; init; } = "";

    /// <summary>The name, which all languages share.</summary>
    public required string Name { get; init; }

    /// <summary>The code of the language, such as <c>en_US</c>.</summary>
    public required string Language { get; init; }

    /// <summary>The category, which decides the price.</summary>
    public TemplateCategory Category { get; init; }

    /// <summary>The category before Meta changed it.</summary>
    /// <value>Null when it was not changed.</value>
    public TemplateCategory? PreviousCategory { get; init; }

    /// <summary>What the template is for within its category, such as <c>ORDER_STATUS</c>.</summary>
    /// <value>Null when not known.</value>
    public string? SubCategory { get; init; }

    /// <summary>Whether it may be sent.</summary>
    public TemplateStatus Status { get; init; }

    /// <summary>Why it was rejected.</summary>
    /// <value>Null when not known; <see cref="TemplateRejection.None"/> when it was not rejected.</value>
    public TemplateRejection? RejectedReason { get; init; }

    /// <summary>The quality of the template, from the feedback of customers.</summary>
    /// <value>Null when not known.</value>
    public TemplateQuality? Quality { get; init; }

    /// <summary>Whether placeholders have numbers or names.</summary>
    /// <value><c>default</c> when Meta did not say it. Then the text between the braces decides.</value>
    public TemplateParameterFormat ParameterFormat { get; init; }

    /// <summary>For how many seconds Meta tries to deliver a message; -1 is 30 days.</summary>
    /// <value>Null when not known: the default of the category.</value>
    public int? MessageSendTtlSeconds { get; init; }

    /// <summary>The header, the body, the footer, the buttons, the cards.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<TemplateComponent> Components { get; init => field = CopiedList.Checked(value); } = [];

    /// <summary>
    /// Compares a message with the template: name, language and status; that every placeholder, header, button and card gets exactly the value it needs; and
    /// that no text is too long with its values. For a message with <see cref="TemplateMessage.Json"/> it compares only name, language and status.
    /// </summary>
    /// <param name="message">The message. Its own limits are checked by <see cref="Message.Check()"/>.</param>
    /// <returns>Everything that Meta would refuse; empty when the message fits the template.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    public IReadOnlyList<Violation> Check(TemplateMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var violations = default(ViolationList);
        TemplateMatch.Check(ref violations, this, message);
        return violations.ToList();
    }

    /// <summary>
    /// Compares a message with the template as <see cref="Check(TemplateMessage)"/> does, and checks whether the template may be sent to this recipient as
    /// <see cref="CheckFor(ConversationKey)"/> does.
    /// </summary>
    /// <param name="message">The message. Its own limits are checked by <see cref="Message.CheckFor(ConversationKey)"/>.</param>
    /// <param name="conversation">The recipient: a phone number, a BSUID or a group.</param>
    /// <returns>Everything that Meta would refuse; empty when the message fits the template and to the party.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    public IReadOnlyList<Violation> CheckFor(TemplateMessage message, ConversationKey conversation)
    {
        ArgumentNullException.ThrowIfNull(message);
        var violations = default(ViolationList);
        TemplateMatch.Check(ref violations, this, message);
        TemplateParty.Check(ref violations, this, conversation);
        return violations.ToList();
    }

    /// <summary>
    /// Checks whether the template may be sent to this recipient. Authentication templates can be sent only to phone numbers (131062). Groups accept only
    /// templates of text and media.
    /// </summary>
    /// <param name="conversation">The recipient: a phone number, a BSUID or a group.</param>
    /// <returns>Everything that Meta would refuse for every message of the template; empty when there is nothing.</returns>
    public IReadOnlyList<Violation> CheckFor(ConversationKey conversation)
    {
        var violations = default(ViolationList);
        TemplateParty.Check(ref violations, this, conversation);
        return violations.ToList();
    }

    /// <summary>The name, the language and the status.</summary>
    public override string ToString() => $"{Name} ({Language}): {Status}";
}
