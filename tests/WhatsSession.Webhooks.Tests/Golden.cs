using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;

namespace WhatsSession.Webhooks.Tests;

/// <summary>The typed result of a payload as text: one line for each public property that says something. The raw slices are left out, so what stands here was read.</summary>
/// <remarks>Set <c>WHATSSESSION_WRITE_GOLDEN</c> to 1 to write the files anew, and review the difference.</remarks>
internal static class Golden
{
    public static bool IsWriting => Environment.GetEnvironmentVariable("WHATSSESSION_WRITE_GOLDEN") == "1";

    public static string Of(IEnumerable<WhatsAppEvent> events)
    {
        var text = new StringBuilder();
        var index = 0;
        foreach (var received in events)
        {
            text.Append(CultureInfo.InvariantCulture, $"[{index++}] {received.GetType().Name}\n");
            Append(text, "  ", received);
        }

        return text.ToString();
    }

    /// <summary>The values of a golden file, without the names they belong to.</summary>
    public static HashSet<string> ValuesOf(string golden) =>
        [.. golden.Split('\n').Select(line => line.Split(" = ", 2)).Where(parts => parts.Length == 2).SelectMany(parts => Forms(parts[1]))];

    public static string Read(string name) => File.Exists(Path(name)) ? File.ReadAllText(Path(name)) : "";

    public static void Write(string name, string text) => File.WriteAllText(Path(name), text);

    private static IEnumerable<string> Forms(string value)
    {
        if (value.StartsWith('"'))
        {
            yield return JsonNode.Parse(value)!.GetValue<string>();
            yield break;
        }

        // A time is written with the seconds that the payload has.
        foreach (var part in value.Split(' '))
        {
            yield return part;
        }
    }

    private static void Append(StringBuilder text, string indent, object owner)
    {
        foreach (var property in owner.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            // What is worked out from the rest was not read.
            if (property.Name is not (nameof(WhatsAppEvent.Raw) or nameof(WhatsAppEvent.Key) or nameof(WhatsAppEvent.Conversation) or nameof(WhatsAppEvent.Opener) or nameof(WhatsAppEvent.Link) or nameof(WhatsAppEvent.About) or nameof(WhatsAppEvent.Inner)
                or nameof(DeliveryUpdated.Evidence) or nameof(DeliveryUpdated.IsRefusal) or nameof(DeliveryUpdated.IsDoubtful) or nameof(GraphError.Advice) or nameof(GraphError.IsSafeToRetry)))
            {
                Append(text, indent, property.Name, property.GetValue(owner));
            }
        }
    }

    private static void Append(StringBuilder text, string indent, string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case IEnumerable items and not string and not IReadOnlyDictionary<string, string>:
                var index = 0;
                foreach (var item in items)
                {
                    Append(text, indent, $"{name}[{index++}]", item);
                }

                break;
            case IReadOnlyDictionary<string, string> values:
                foreach (var entry in values.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                {
                    Append(text, indent, $"{name}.{entry.Key}", entry.Value);
                }

                break;
            default:
                if (Scalar(value) is { } scalar)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{indent}{name} = {scalar}\n");
                }
                else
                {
                    text.Append(CultureInfo.InvariantCulture, $"{indent}{name}: {value.GetType().Name}\n");
                    Append(text, indent + "  ", value);
                }

                break;
        }
    }

    private static string? Scalar(object value) => value switch
    {
        string text => Quoted(text),
        bool truth => truth ? "true" : "false",
        Enum or int or long or decimal => Convert.ToString(value, CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        Uri url => Quoted(url.OriginalString),
        NodaTime.Instant time => string.Create(CultureInfo.InvariantCulture, $"{time} {time.ToUnixTimeSeconds()}"),
        NodaTime.Duration length => length.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        CustomerId id => Quoted(id.Value),
        MessageId id => Quoted(id.Value),
        GroupId id => Quoted(id.Value),
        PhoneNumberId id => Quoted(id.Value),
        BusinessAccountId id => Quoted(id.Value),
        IntentId id => Quoted(id.ToString()),
        _ when value.GetType().GetProperty("Name") is { } name && value.GetType().IsValueType => Quoted((string?)name.GetValue(value) ?? ""),
        _ => null,
    };

    private static string Quoted(string text) => JsonValue.Create(text).ToJsonString();

    private static string Path(string name) => System.IO.Path.Combine(Folder(), name + ".golden.txt");

    // Beside the sources when writing and reading, so that a new sample needs no build to be seen. Falls back to the output for runs away from the sources.
    private static string Folder([CallerFilePath] string here = "")
    {
        var source = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "Golden", "webhooks");
        return IsWriting ? source : System.IO.Path.Combine(AppContext.BaseDirectory, "Golden", "webhooks");
    }
}
