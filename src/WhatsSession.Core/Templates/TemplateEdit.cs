using WhatsSession.Messages;
using WhatsSession.Templates;

namespace WhatsSession;

/// <summary>A change of a template. What is null stays as it is.</summary>
/// <remarks>
/// Immutable. Equality is by value, but the list of components compares by reference.
/// Only approved, rejected and paused templates can be changed: an approved one once in 24 hours and ten times in 30 days, and not its category.
/// The template is then reviewed again.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management">Meta, read 10 March 2026.</see>
/// </remarks>
public sealed record TemplateEdit
{
    /// <summary>The category.</summary>
    /// <value>Null by default.</value>
    public TemplateCategory? Category { get; init; }

    /// <summary>All components: those that are not among them are gone.</summary>
    /// <value>Null by default.</value>
    public IReadOnlyList<TemplateComponent>? Components { get; init => field = value is null ? null : CopiedList.Checked(value); }

    /// <summary>For how many seconds Meta tries to deliver a message, as <see cref="TemplateDraft.MessageSendTtlSeconds"/>.</summary>
    /// <value>Null by default.</value>
    public int? MessageSendTtlSeconds { get; init; }

    /// <summary>Checks the change against the limits of the platform, as far as they are known without the template.</summary>
    /// <returns>Every rule that is broken; empty when the change may be asked for.</returns>
    public IReadOnlyList<Violation> Check()
    {
        var violations = default(ViolationList);
        if (Category is null && Components is null && MessageSendTtlSeconds is null)
        {
            violations.Add("", "changes nothing");
        }

        TemplateLimits.CheckTtl(ref violations, MessageSendTtlSeconds, Category);
        if (Components is not null)
        {
            TemplateLimits.Check(ref violations, Components, Category);
            TemplateNames.Check(ref violations, Components, format: null);
        }

        return violations.ToList();
    }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(TemplateEdit);
}
