namespace WhatsSession.Tool.CommandLine;

/// <summary>The command line behind a command's word, taken apart: options with a value each, and arguments.</summary>
internal sealed class OptionValues
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);
    private readonly List<string> _arguments = [];

    private OptionValues()
    {
    }

    /// <summary>What is no option and no option's value, in order.</summary>
    public IReadOnlyList<string> Arguments => _arguments;

    /// <param name="args">What stands behind the word.</param>
    /// <param name="names">The options, with their dashes.</param>
    /// <param name="repeatable">Those of them that may be given more than once.</param>
    /// <param name="takesArguments">Whether there may be anything but options.</param>
    /// <exception cref="UsageException">Something is wrong with it; the message says what to give.</exception>
    public static OptionValues Parse(IReadOnlyList<string> args, IReadOnlyList<string> names, IReadOnlyList<string> repeatable, bool takesArguments)
    {
        var read = new OptionValues();
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i];
            if (takesArguments && !name.StartsWith("--", StringComparison.Ordinal))
            {
                read._arguments.Add(name);
                continue;
            }

            if (!names.Contains(name, StringComparer.Ordinal))
            {
                throw new UsageException($"'{name}' is not an option: use {string.Join(", ", names)}.");
            }

            if (i + 1 == args.Count || args[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                throw new UsageException($"{name} needs a value after it.");
            }

            if (!read._values.TryGetValue(name, out var list))
            {
                read._values[name] = list = [];
            }

            if (list.Count > 0 && !repeatable.Contains(name, StringComparer.Ordinal))
            {
                throw new UsageException($"{name} is given twice.");
            }

            list.Add(args[++i]);
        }

        return read;
    }

    /// <summary>The values of an option, in order; empty when it is not given.</summary>
    public IReadOnlyList<string> All(string name) => _values.GetValueOrDefault(name) ?? [];

    /// <summary>The value of an option; null when it is not given.</summary>
    public string? One(string name) => All(name) is [var value, ..] ? value : null;
}
