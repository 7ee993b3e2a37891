namespace WhatsSession;

/// <summary>A comparison of two templates over the same period.</summary>
/// <remarks>
/// Immutable. Equality is by value, but the lists compare by reference. Figures that Meta does not have are empty.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-comparison">Meta, read 10 March 2026.</see>
/// </remarks>
public sealed record TemplateComparison
{
    /// <summary>The ids of the templates, ordered by how often customers blocked the business after them.</summary>
    public IReadOnlyList<string> ByBlockRate { get; init; } = [];

    /// <summary>How often each was sent, by the id of the template.</summary>
    public IReadOnlyDictionary<string, long> Sends { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Why most customers blocked the business after each, by the id of the template, such as <c>SPAM</c>.</summary>
    public IReadOnlyDictionary<string, string> TopBlockReasons { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
