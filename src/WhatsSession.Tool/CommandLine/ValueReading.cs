using System.CommandLine.Parsing;

namespace WhatsSession.Tool.CommandLine;

/// <summary>How the value of an option is read, and refused.</summary>
internal static class ValueReading
{
    /// <summary>The value of an option that has one.</summary>
    public static string Text(this ArgumentResult result) => result.Tokens[0].Value;

    /// <summary>Notes that a value is wrong.</summary>
    /// <param name="result">The option's.</param>
    /// <param name="value">It is quoted.</param>
    /// <param name="reason">What it is not, and what to give.</param>
    /// <returns>Nothing: a value for the parser that nobody reads.</returns>
    public static T? Refuse<T>(this ArgumentResult result, string value, string reason)
    {
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} '{value}' {reason}");
        return default;
    }

    /// <summary>Reads the address of an app's webhook endpoint.</summary>
    public static Uri? WebhookUrl(ArgumentResult result) =>
        Uri.TryCreate(result.Text(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : result.Refuse<Uri>(result.Text(), "is not an http or https URL: give one such as http://127.0.0.1:5000/whatsapp.");
}
