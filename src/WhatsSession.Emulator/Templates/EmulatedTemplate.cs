using System.Text;
using System.Text.Json;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Templates;

namespace WhatsSession.Emulator;

/// <summary>A message template that the emulator knows from the start, in every account.</summary>
public sealed record EmulatedTemplate
{
    private const string OneTimeCode = """[{"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE","text":"Copy code"}]}]""";

    /// <summary>The template's name: lower case letters, digits and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>The language code, such as <c>en_US</c>.</summary>
    public required string Language { get; init; }

    /// <summary>
    /// How many parameters the body takes; a send with another count is refused with 132000. It has no effect when <see cref="Components"/> is set.
    /// </summary>
    /// <value>Default 0. A template for one-time codes takes one, the code: 0 and 1 both mean that.</value>
    public int BodyParameters { get; init; }

    /// <summary>
    /// The text of the body with its variables, <c>{{1}}</c> and so on or <c>{{name}}</c>, as Meta's API has it. It has no effect when
    /// <see cref="Components"/> is set.
    /// </summary>
    /// <value>Default <see langword="null"/>: a text made of the name and <see cref="BodyParameters"/>.</value>
    public string? Body { get; init; }

    /// <summary><c>UTILITY</c>, <c>MARKETING</c> or <c>AUTHENTICATION</c>: decides the price in status webhooks.</summary>
    /// <value>Default <c>UTILITY</c>.</value>
    public string Category { get; init; } = "UTILITY";

    /// <summary>
    /// The labels of the quick reply buttons, in order; their default payload is the label. It has no effect when <see cref="Components"/> is set.
    /// </summary>
    /// <value>Default none.</value>
    public IReadOnlyList<string> QuickReplies { get; init; } = [];

    /// <summary>The whole template, as the JSON array <c>components</c> of Meta's API: every component of a send is compared with it.</summary>
    /// <value>
    /// Default <see langword="null"/>: a body of <see cref="BodyParameters"/> and the buttons of
    /// <see cref="QuickReplies"/>, nothing else; for <c>AUTHENTICATION</c> Meta's body and the button that copies the code.
    /// </value>
    public string? Components { get; init; }

    /// <summary>
    /// <c>POSITIONAL</c> or <c>NAMED</c>, which needs <see cref="Components"/> or a <see cref="Body"/>: they have the names. A body with a name is always
    /// <c>NAMED</c>.
    /// </summary>
    /// <value>Default <c>POSITIONAL</c>.</value>
    public string ParameterFormat { get; init; } = "POSITIONAL";

    /// <summary>Meta's status, such as <c>APPROVED</c>, <c>PENDING</c> or <c>PAUSED</c>.</summary>
    /// <value>Default <c>APPROVED</c>.</value>
    public string Status { get; init; } = "APPROVED";

    private bool IsOneTimeCode => Components is null && Body is null && Category is "AUTHENTICATION";

    private string Format => Components is null && TemplateShape.VariablesOf(Body).Any(static v => !char.IsAsciiDigit(v[0])) ? "NAMED" : ParameterFormat;

    private string AllComponents => Components ?? (IsOneTimeCode ? OneTimeCode : Composed());

    internal TemplateShape Shape
    {
        get
        {
            using var document = JsonDocument.Parse(AllComponents);
            return TemplateShape.Of(document.RootElement.Clone(), Format);
        }
    }

    internal bool Is(string name, string language) =>
        string.Equals(Name, name, StringComparison.Ordinal) && string.Equals(Language, language, StringComparison.Ordinal);

    /// <returns>What is wrong, or null.</returns>
    internal string? Problem()
    {
        if (!TemplateDefinitionRules.IsName(Name) || !TemplateDefinitionRules.IsLanguage(Language) || BodyParameters < 0)
        {
            return "A template needs a name of lower case letters, digits and underscores, a language code such as en_US and a count of parameters; "
                + $"'{Name}', '{Language}', {BodyParameters} was given.";
        }

        if (Category is not ("UTILITY" or "MARKETING" or "AUTHENTICATION"))
        {
            return $"'{Category}' is not a template category: use UTILITY, MARKETING or AUTHENTICATION.";
        }

        if (ParameterFormat is not ("POSITIONAL" or "NAMED"))
        {
            return $"'{ParameterFormat}' is not a parameter format: use POSITIONAL or NAMED.";
        }

        if (Body is not null && Components is null && (BodyParameters > 0 || Category is "AUTHENTICATION"))
        {
            return $"Template '{Name}' has a body: its variables count its parameters, and Meta writes the body of one for one-time codes. Give one of them.";
        }

        if (Components is null && Body is null && ParameterFormat is "NAMED")
        {
            return $"Template '{Name}' has named parameters, but no components that name them: give its components, or POSITIONAL.";
        }

        if (IsOneTimeCode && (BodyParameters > 1 || QuickReplies.Count > 0))
        {
            return $"Template '{Name}' is for one-time codes: it has one parameter, the code, and no quick replies. Give its components for anything else.";
        }

        try
        {
            using var document = JsonDocument.Parse(AllComponents);
            var fields = new FieldReader();
            TemplateDefinitionRules.Check(document.RootElement, Category, fields);
            return fields.Error is { } error ? $"The components of template '{Name}' are wrong: {error.UserMessage ?? error.Details}" : null;
        }
        catch (JsonException)
        {
            return $"The components of template '{Name}' are not JSON: give an array as in Meta's API.";
        }
    }

    private string Composed() => Encoding.UTF8.GetString(WireJson.Fragment(this, static (json, t) => t.WriteComponents(json)));

    private void WriteComponents(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("type", "BODY");
        var variables = string.Join(", ", Enumerable.Range(1, BodyParameters).Select(static i => $"{{{{{i}}}}}"));
        json.WriteString("text", Body ?? (BodyParameters == 0 ? Name : $"{Name}({variables})"));
        json.WriteEndObject();
        if (QuickReplies.Count > 0)
        {
            json.WriteStartObject();
            json.WriteString("type", "BUTTONS");
            json.WriteStartArray("buttons");
            foreach (var label in QuickReplies)
            {
                json.WriteStartObject();
                json.WriteString("type", "QUICK_REPLY");
                json.WriteString("text", label);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
