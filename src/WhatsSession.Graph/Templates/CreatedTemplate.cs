namespace WhatsSession;

/// <summary>A template that Meta has accepted for review.</summary>
/// <param name="Id">Meta's id of it.</param>
/// <param name="Status">Usually <see cref="TemplateStatus.Pending"/>. The template can be sent when it is <see cref="TemplateStatus.Approved"/>.</param>
/// <param name="Category">The category that Meta gave it, which may not be the one asked for.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record CreatedTemplate(string Id, TemplateStatus Status, TemplateCategory Category);
