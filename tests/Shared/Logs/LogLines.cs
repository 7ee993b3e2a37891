using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace WhatsSession.Tests;

/// <summary>The lines that an assembly logs, by their attributes, and those that docs/logging.md lists.</summary>
internal static partial class LogLines
{
    /// <summary>The rows of the page, as they must be.</summary>
    public static IReadOnlyList<string> Of(Assembly assembly) =>
        [.. Attributes(assembly).OrderBy(line => line.Log.EventId).Select(line => $"| {line.Log.EventId} | {LevelOf(line.Log)} | `{line.Name}` | {Shown(line.Log.Message)} |")];

    public static IReadOnlyList<string> TextsOf(Assembly assembly) => [.. Attributes(assembly).Select(line => line.Log.Message)];

    public static IReadOnlyList<string> OfPage(Func<int, bool> isMeant) => [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "logging.md"))
        .Where(line => Row().Match(line) is { Success: true } row && isMeant(int.Parse(row.Groups["id"].Value, CultureInfo.InvariantCulture)))];

    /// <summary>Whether a template starts with a capital or with what it is filled with, and ends with a full stop or with that.</summary>
    public static bool IsSentence(string text) => (char.IsUpper(text[0]) || text[0] == '{') && text[^1] is '.' or '}';

    /// <summary>Whether it names a setting in another way than the configuration does.</summary>
    public static bool NamesAKeyOtherwise(string text) => OtherKey().IsMatch(text);

    private static IEnumerable<(string Name, LoggerMessageAttribute Log)> Attributes(Assembly assembly) => assembly.GetTypes()
        .SelectMany(static type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .SelectMany(static method => method.GetCustomAttributes<LoggerMessageAttribute>().Select(log => (method.Name, log)));

    // A level that stands in the call is that of a warning which is one once in a while.
    private static string LevelOf(LoggerMessageAttribute log) => log.Level == LogLevel.None ? "Warning, then Debug" : log.Level.ToString();

    // A place to fill in reads as code.
    private static string Shown(string text) => Place().Replace(text, "`$0`");

    [GeneratedRegex("^\\| (?<id>[0-9]+) \\| (?:Trace|Debug|Information|Warning|Warning, then Debug|Error|Critical) \\|", RegexOptions.NonBacktracking)]
    private static partial Regex Row();

    [GeneratedRegex(@"\{[A-Za-z]+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Place();

    [GeneratedRegex(@"(?:^|[^:A-Za-z])(?:Numbers|Guard|Webhooks|Dispatch|WindowOpeners)[.:][A-Z]|(?:^|[^:A-Za-z])(?:AppSecret|VerifyToken|GraphBaseAddress)\b", RegexOptions.NonBacktracking)]
    private static partial Regex OtherKey();
}
