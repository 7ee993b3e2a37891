using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>The web page that a tap on a template message opens.</summary>
/// <param name="Url">The page: an absolute http or https address.</param>
/// <param name="Title">Its title.</param>
/// <remarks>Immutable; equality is by value.</remarks>
public sealed record TapTarget(Uri Url, string Title)
{
    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(TapTarget);

    internal void Check(ref ViolationList violations, in FieldPath path)
    {
        violations.WebAddress(path + ".url", Url);
        violations.Required(path + ".title", Title);
    }
}
