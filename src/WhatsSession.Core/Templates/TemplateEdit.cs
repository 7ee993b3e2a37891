using WhatsSession.Messages;
using WhatsSession.Templates;

namespace WhatsSession;

/// <summary>A change of a template. Properties that are null are not changed.</summary>
/// <remarks>
/// Immutable. Equality is by value, but the list of components compares by reference. Only approved, rejected and paused templates can be changed. An approved
/// template can be changed once in 24 hours and ten times in 30 days, and its category cannot be changed. Meta reviews the template again after a change.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management">Meta, read 10 March 2026.</see>
/// </remarks>
public sealed record TemplateEdit
{
    /// <summary>The category.</summary>
    /// <value>Null by default.</value>
    public TemplateCategory? Category { get; init; }

    /// <summary>All components of the template. Components that are not in this list are removed.</summary>
    /// <value>Null by default.</value>
    public IReadOnlyList<TemplateComponent>? Components { get; init => field = value is null ? null : CopiedList.Checked(value); }

    /// <summary>For how many seconds Meta tries to deliver a message, as <see cref="TemplateDraft.MessageSendTtlSeconds"/>.</summary>
    /// <value>Null by default.</value>
    public int? MessageSendTtlSeconds { get; init; }

    /// <summary>Checks the change against the limits of the platform, as far as they are known without the template.</summary>
    /// <returns>Every rule that the change breaks; empty when it can be sent to Meta.</returns>
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
