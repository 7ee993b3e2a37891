using WhatsSession.Messages;
using WhatsSession.Templates;

namespace WhatsSession;

/// <summary>The values of one card of a carousel template.</summary>
/// <remarks>Immutable. Equality is by value, but the lists compare by reference.</remarks>
public sealed record TemplateCard
{
    /// <summary>Makes a card.</summary>
    /// <param name="header">An image, a video or a product.</param>
    /// <exception cref="ArgumentNullException"><paramref name="header"/> is null.</exception>
    public TemplateCard(TemplateHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        Header = header;
    }

    /// <summary>An image, a video or a product.</summary>
    public TemplateHeader Header { get; init; }

    /// <summary>The values for the placeholders of the card's text. The text with its values has at most 160 characters.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<TemplateParameter> Body { get; init => field = CopiedList.Checked(value); } = [];

    /// <summary>The values of the card's buttons that take one.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<TemplateButtonParameter> Buttons { get; init => field = CopiedList.Checked(value); } = [];

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(TemplateCard);

    internal void Check(ref ViolationList violations, in FieldPath path)
    {
        if (Header is TemplateHeader.Image or TemplateHeader.Video or TemplateHeader.Product)
        {
            Header.Check(ref violations, path + "[header].parameters[0]");
        }
        else
        {
            violations.Add(path + "[header]", "is neither an image nor a video nor a product");
        }

        TemplateParameter.Check(ref violations, path + "[body].parameters", Body, TemplateLimits.LongestBodyOfCard);
        TemplateButtonParameter.Check(ref violations, path, Buttons, 20);
    }
}
