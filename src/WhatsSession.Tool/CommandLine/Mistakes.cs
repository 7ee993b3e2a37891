using System.CommandLine;
using System.CommandLine.Parsing;

namespace WhatsSession.Tool.CommandLine;

/// <summary>What is wrong with a command line, in sentences that name the word and say what to give.</summary>
internal static class Mistakes
{
    private static readonly char[] ValueSeparators = ['=', ':'];

    /// <returns>A sentence for each mistake; none when the command line is right.</returns>
    public static IReadOnlyList<string> Of(ParseResult result, IReadOnlyList<string> args)
    {
        if (result.CommandResult.Command.Subcommands.Count > 0)
        {
            return [OfCommand(result)];
        }

        // The words behind an unknown option or a missing value are misread with it: what is said of them would mislead.
        if (args.TakeWhile(static a => a is not "--").FirstOrDefault(a => IsUnknownOption(result, a)) is { } unknown)
        {
            return [NotAnOption(result, unknown)];
        }

        var counts = result.CommandResult.Children.OfType<OptionResult>().Select(o => OfCount(result, o)).OfType<string>().ToList();
        return counts.Count > 0 ? counts
            : result.UnmatchedTokens is [var left, ..] ? [OfLeftover(result, left)]
            : [.. result.Errors.Select(OfError).Distinct(StringComparer.Ordinal)];
    }

    private static string OfCommand(ParseResult result)
    {
        var names = string.Join(", ", result.CommandResult.Command.Subcommands.Select(static c => c.Name));
        return result.UnmatchedTokens is [var word, ..] ? $"'{word}' is not a command: use {names}." : $"A command is missing: use {names}.";
    }

    /// <summary>Where anything may stand, such as FILE, the parser takes an unknown option for it.</summary>
    private static bool IsUnknownOption(ParseResult result, string word) =>
        word.StartsWith("--", StringComparison.Ordinal) && !IsOption(result, word.Split(ValueSeparators, 2)[0]);

    private static bool IsOption(ParseResult result, string name) =>
        result.CommandResult.Command.Options.Concat(result.RootCommandResult.Command.Options.Where(static o => o.Recursive))
            .Any(o => o.Name == name || o.Aliases.Contains(name));

    /// <summary>An option without a value takes the next word for it, another option too.</summary>
    private static string? OfCount(ParseResult result, OptionResult option)
    {
        var arity = option.Option.Arity;
        return arity.MinimumNumberOfValues > 0 && (option.Tokens.Count < option.IdentifierTokenCount || option.Tokens.Any(t => IsOption(result, t.Value)))
            ? $"{option.Option.Name} needs a value after it."
            : arity.MaximumNumberOfValues == 1 && option.IdentifierTokenCount > 1 ? $"{option.Option.Name} is given twice."
            : null;
    }

    /// <summary>A switch leaves a value that it cannot read.</summary>
    private static string OfLeftover(ParseResult result, string word)
    {
        var switches = result.CommandResult.Command.Options.Where(static o => o.ValueType == typeof(bool)).Select(static o => o.Name).ToList();
        var before = result.Tokens.Zip(result.Tokens.Skip(1)).Where(p => p.Second.Value == word).Select(static p => p.First.Value);
        return before.FirstOrDefault(switches.Contains) is { } name ? $"{name} '{word}' is not true or false." : NotAnOption(result, word);
    }

    private static string NotAnOption(ParseResult result, string word) =>
        $"'{word}' is not an option: use {string.Join(", ", result.CommandResult.Command.Options.Select(static o => o.Name))}.";

    private static string OfError(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Implicit: true } option => Missing(option.Option),
        ArgumentResult { Tokens.Count: 0 } argument => Missing(argument.Argument),
        _ => error.Message,
    };

    private static string Missing(Symbol symbol) => $"{symbol.Name} is missing: give {symbol.Description}.";
}
