using System.Text.RegularExpressions;

namespace WhatsSession;

/// <summary>A fallback template that carries the text of the refused message in its one parameter, such as "We have a message for you: {{1}}".</summary>
/// <remarks>
/// Line breaks and tabs become spaces and long runs of spaces are shortened, because Meta refuses them in a parameter (132018). Immutable; equality is by value.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes">Meta, read 12 December 2025.</see>
/// </remarks>
public sealed partial record TextFallback
{
    /// <summary>Names the template.</summary>
    /// <param name="name">The template's name.</param>
    /// <param name="language">The code of its language.</param>
    public TextFallback(string name, string language)
    {
        Name = name;
        Language = language;
    }

    /// <summary>The template's name.</summary>
    public string Name { get; init; }

    /// <summary>The code of its language.</summary>
    public string Language { get; init; }

    /// <summary>The name of the parameter that takes the text, for a template with named parameters.</summary>
    /// <value>Null by default: the first by position.</value>
    public string? ParameterName { get; init; }

    /// <summary>The template message for a session message: with its text, its caption or the body of its interactive form.</summary>
    /// <returns>Null when the message has no text.</returns>
    public TemplateMessage? For(SessionMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return TextOf(message) is { } text && Whitespace().Replace(text, static run => run.Value.Contains(' ', StringComparison.Ordinal) && run.Length <= 4 && run.ValueSpan.Trim(' ').IsEmpty ? run.Value : " ").Trim() is { Length: > 0 } line
            ? new TemplateMessage(Name, Language) { Body = [new TemplateParameter.Text(line) { Name = ParameterName }] }
            : null;
    }

    private static string? TextOf(SessionMessage message) => message switch
    {
        TextMessage text => text.Body,
        ImageMessage image => image.Caption,
        VideoMessage video => video.Caption,
        DocumentMessage document => document.Caption,
        InteractiveMessage interactive => interactive.Body,
        _ => null,
    };

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Whitespace();
}
