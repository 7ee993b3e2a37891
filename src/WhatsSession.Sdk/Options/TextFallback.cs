using System.Text;

namespace WhatsSession;

/// <summary>A fallback template that carries the text of the refused message in its one parameter, such as "We have a message for you: {{1}}".</summary>
/// <remarks>
/// Line breaks and tabs become spaces and long runs of spaces are shortened, because Meta refuses them in a parameter (132018). Immutable;
/// equality is by value.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes">Meta, read 12 December 2025.</see>
/// </remarks>
public sealed record TextFallback
{
    private const int LongestRun = 4;

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

    /// <summary>
    /// The maximum length of the text in characters. It keeps the body within Meta's 1,024 characters, which include the template's own text. With a longer
    /// text the send is <see cref="SendOutcome.Invalid"/> when the window is closed.
    /// </summary>
    /// <value>900 by default.</value>
    public int MaximumLength { get; init; } = 900;

    /// <summary>The template message for a session message, filled with its text, its caption or the body of its interactive message.</summary>
    /// <returns>Null when the message has no text.</returns>
    public TemplateMessage? For(SessionMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return LineOf(message) is { Length: > 0 } line
            ? new TemplateMessage(Name, Language) { Body = [new TemplateParameter.Text(line) { Name = ParameterName }] }
            : null;
    }

    /// <summary>Checks that the text of a message fits.</summary>
    /// <returns>What is wrong; null when the text fits or the message has no text.</returns>
    internal Violation? Check(SessionMessage message) =>
        LineOf(message) is { } line && line.Length > MaximumLength
            ? new Violation(
                "template.components[body].parameters[0].text",
                FormattableString.Invariant($"is {line.Length} characters long; the limit of the fallback is {MaximumLength}"))
            {
                Limit = MaximumLength,
                Actual = line.Length,
            }
            : null;

    private static string? LineOf(SessionMessage message) => TextOf(message) is { } text ? ToLine(text.AsSpan().Trim()) : null;

    private static string ToLine(ReadOnlySpan<char> text)
    {
        var line = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i]))
            {
                line.Append(text[i]);
                continue;
            }

            var end = i;
            while (char.IsWhiteSpace(text[end]))
            {
                end++; // Ends within the text, which is trimmed.
            }

            var run = text[i..end];
            line.Append(run.Length > LongestRun || run.ContainsAnyExcept(' ') ? " " : run);
            i = end - 1;
        }

        return line.ToString();
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
}
