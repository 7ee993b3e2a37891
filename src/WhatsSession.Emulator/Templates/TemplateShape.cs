using System.Text.Json;
using System.Text.RegularExpressions;

namespace WhatsSession.Emulator.Templates;

/// <summary>What a template consists of: which parameters a send must bring.</summary>
internal sealed partial class TemplateShape
{
    private const string OneTimePasswordBody = "{{1}} is your verification code.";

    /// <summary>As in Meta's API: an array of components.</summary>
    public required JsonElement Components { get; init; }

    /// <summary><c>POSITIONAL</c> or <c>NAMED</c>.</summary>
    public required string ParameterFormat { get; init; }

    /// <summary><c>TEXT</c>, <c>IMAGE</c>, <c>VIDEO</c>, <c>DOCUMENT</c>, <c>LOCATION</c>, <c>PRODUCT</c> or another of Meta's; null for no header.</summary>
    public string? HeaderFormat { get; private init; }

    public string? HeaderText { get; private init; }

    public IReadOnlyList<string> HeaderVariables { get; private init; } = [];

    public string BodyText { get; private init; } = "";

    public IReadOnlyList<string> BodyVariables { get; private init; } = [];

    public IReadOnlyList<TemplateButton> Buttons { get; private init; } = [];

    public IReadOnlyList<TemplateShape> Cards { get; private init; } = [];

    public bool HasLimitedTimeOffer { get; private init; }

    public bool IsNamed => ParameterFormat is "NAMED";

    public bool HasOneTimePassword => Buttons.Any(static b => b.Type is "OTP");

    /// <param name="components">An array that the rules of creation accept.</param>
    /// <param name="parameterFormat"><c>POSITIONAL</c> or <c>NAMED</c>.</param>
    public static TemplateShape Of(JsonElement components, string parameterFormat)
    {
        var parts = components.EnumerateArray().ToLookup(static c => (TextOf(c, "type") ?? "").ToUpperInvariant(), StringComparer.Ordinal);
        var header = parts["HEADER"].FirstOrDefault();
        IReadOnlyList<TemplateButton> buttons = [.. ObjectsOf(parts["BUTTONS"].FirstOrDefault(), "buttons").Select(ButtonOf)];
        var body = TextOf(parts["BODY"].FirstOrDefault(), "text") ?? (buttons.Any(static b => b.Type is "OTP") ? OneTimePasswordBody : "");
        var format = header.ValueKind == JsonValueKind.Object ? (TextOf(header, "format") ?? "TEXT").ToUpperInvariant() : null;
        var headerText = format is "TEXT" ? TextOf(header, "text") : null;
        return new()
        {
            Components = components,
            ParameterFormat = parameterFormat,
            HeaderFormat = format,
            HeaderText = headerText,
            HeaderVariables = VariablesOf(headerText),
            BodyText = body,
            BodyVariables = VariablesOf(body),
            Buttons = buttons,
            Cards = [.. ObjectsOf(parts["CAROUSEL"].FirstOrDefault(), "cards")
                .Where(static c => c.TryGetProperty("components", out var inner) && inner.ValueKind == JsonValueKind.Array)
                .Select(c => Of(c.GetProperty("components"), parameterFormat))],
            HasLimitedTimeOffer = parts.Contains("LIMITED_TIME_OFFER"),
        };
    }

    /// <summary>The variables of a text, each once, in order.</summary>
    public static IReadOnlyList<string> VariablesOf(string? text) =>
        text is null ? [] : [.. Variable().Matches(text).Select(static m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal)];

    /// <summary>A text with its variables filled in.</summary>
    public static string Fill(string text, Func<string, string> value) => Variable().Replace(text, m => value(m.Groups["name"].Value));

    public static IEnumerable<JsonElement> ObjectsOf(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(static i => i.ValueKind == JsonValueKind.Object)
            : [];

    public static string? TextOf(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String
            ? field.GetString()
            : null;

    private static TemplateButton ButtonOf(JsonElement button) => new(
        (TextOf(button, "type") ?? "").ToUpperInvariant(),
        TextOf(button, "text") ?? "",
        TextOf(button, "url")?.Contains("{{", StringComparison.Ordinal) is true);

    [GeneratedRegex(@"\{\{\s*(?<name>[a-zA-Z0-9_]+)\s*\}\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
