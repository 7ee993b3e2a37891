using System.Globalization;
using System.Text.Json.Serialization;
using WhatsSession.Json;
using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A value for one placeholder of a template.</summary>
/// <remarks>Immutable; equality is by value. <see cref="ToString"/> shows no content.</remarks>
[JsonConverter(typeof(JsonChoiceConverter<TemplateParameter>))]
public abstract record TemplateParameter
{
    private TemplateParameter()
    {
    }

    /// <summary>The name of the placeholder, for a template with named parameters.</summary>
    /// <value>Null by default: the placeholder is found by position.</value>
    public string? Name { get; init; }

    /// <summary>The text that the customer sees, if it is known here.</summary>
    internal abstract string? Shown { get; }

    /// <summary>A text for the next placeholder by position.</summary>
    public static implicit operator TemplateParameter(string value) => new Text(value);

    /// <summary>The kind, without content.</summary>
    public sealed override string ToString() => GetType().Name;

    internal static void CheckText(ref ViolationList violations, in FieldPath path, string? value)
    {
        violations.Text(path, value);
        if (string.IsNullOrEmpty(value))
        {
            violations.Add(path, "is empty; a text is required", limit: 1, actual: 0);
        }
        else
        {
            CheckBreaks(ref violations, path, value);
        }
    }

    /// <summary>Checks a text that must not be blank and has a maximum length.</summary>
    internal static void CheckText(ref ViolationList violations, in FieldPath path, string? value, int most)
    {
        violations.Required(path, value, most);
        if (!string.IsNullOrWhiteSpace(value))
        {
            CheckBreaks(ref violations, path, value);
        }
    }

    private static void CheckBreaks(ref ViolationList violations, in FieldPath path, string value)
    {
        if (value.AsSpan().ContainsAny('\n', '\r', '\t') || value.Contains("     ", StringComparison.Ordinal))
        {
            violations.Add(path, "has a line break, a tab or more than four spaces in a row, which Meta refuses in a parameter (132018)");
        }
    }

    /// <summary>Checks the parameters of a body: they must all be of one kind, and together not longer than the body may be.</summary>
    internal static void Check(ref ViolationList violations, in FieldPath path, IReadOnlyList<TemplateParameter> parameters, int most)
    {
        var length = 0;
        var named = 0;
        for (var i = 0; i < parameters.Count; i++)
        {
            parameters[i].Check(ref violations, $"{path}[{i}]");
            length += TextLength.Of(parameters[i].Shown ?? "");
            named += parameters[i].Name is null ? 0 : 1;
        }

        if (length > most)
        {
            violations.Add(
                path,
                string.Create(CultureInfo.InvariantCulture, $"are {length} characters long together; the limit of the body is {most}"),
                most,
                length);
        }

        if (named > 0 && named < parameters.Count)
        {
            violations.Add(path, "mixes named and positional parameters; a template has one kind");
        }
    }

    private protected abstract void Check(ref ViolationList violations, in FieldPath path);

    /// <summary>A text.</summary>
    /// <param name="Value">At least one character, with no line breaks, no tabs and no more than four spaces in a row.</param>
    public sealed record Text(string Value) : TemplateParameter
    {
        internal override string? Shown => Value;

        private protected override void Check(ref ViolationList violations, in FieldPath path) => CheckText(ref violations, path + ".text", Value);
    }

    /// <summary>An amount of money, which WhatsApp shows in the customer's own format.</summary>
    /// <param name="Fallback">The text that is shown if the customer's format is not known.</param>
    /// <param name="Code">The currency's three capital letters of ISO 4217.</param>
    /// <param name="Thousandths">The amount times 1,000: 129900 is 129.90.</param>
    public sealed record Currency(string Fallback, string Code, long Thousandths) : TemplateParameter
    {
        internal override string? Shown => Fallback;

        private protected override void Check(ref ViolationList violations, in FieldPath path)
        {
            CheckText(ref violations, path + ".currency.fallback_value", Fallback);
            violations.CurrencyCode(path + ".currency.code", Code);
        }
    }

    /// <summary>A date or a time.</summary>
    /// <param name="Value">As it is shown: Meta does not translate it.</param>
    public sealed record DateAndTime(string Value) : TemplateParameter
    {
        internal override string? Shown => Value;

        private protected override void Check(ref ViolationList violations, in FieldPath path) =>
            CheckText(ref violations, path + ".date_time.fallback_value", Value);
    }
}
