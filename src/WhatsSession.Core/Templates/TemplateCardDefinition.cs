using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>One card of a carousel template.</summary>
/// <remarks>Immutable. Equality is by value, but the list compares by reference.</remarks>
public sealed record TemplateCardDefinition
{
    /// <summary>Makes a card.</summary>
    /// <param name="components">Its header, its body and its buttons.</param>
    /// <exception cref="ArgumentException"><paramref name="components"/> is null or has a null in it.</exception>
    public TemplateCardDefinition(params TemplateComponent[] components) => Components = CopiedList.Of(components);

    /// <summary>Its header, its body and its buttons.</summary>
    public IReadOnlyList<TemplateComponent> Components { get; init => field = CopiedList.Checked(value); }

    /// <summary>The fields that this version does not know, as the text of one JSON object; they are written back unchanged.</summary>
    /// <value>Null by default: there are none.</value>
    public string? OtherFields { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(TemplateCardDefinition);
}
