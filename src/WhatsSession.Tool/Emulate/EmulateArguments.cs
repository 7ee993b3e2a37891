using System.Globalization;
using System.Net;
using WhatsSession.Emulator;
using WhatsSession.Tool.CommandLine;

namespace WhatsSession.Tool.Emulate;

/// <summary>The options of <c>whatssession emulate</c>.</summary>
internal sealed class EmulateArguments
{
    private const string DefaultPort = "8080";

    private static readonly string[] Names =
    [
        "--port", "--listen", "--webhook", "--number", "--account", "--token", "--app-secret", "--verify-token", "--template", "--starts-at", "--frozen",
    ];

    private static readonly string[] Repeatable = ["--number", "--template", "--account", "--token"];

    private readonly OptionValues _values;

    private EmulateArguments(OptionValues values) => _values = values;

    public static string Usage => $$$"""
        Meta's side of the WhatsApp Business Platform on this machine.

        whatssession emulate [--port {{{DefaultPort}}}] [--listen 127.0.0.1] [--webhook http://127.0.0.1:5000/whatsapp]
                             [--number 314159265358979 ...] [--account 271828182845904] [--token dev]
                             [--app-secret dev-secret] [--verify-token dev-verify] [--template name:language:parameters:category ...]
                             [--template "name:language:category=Order {{1}} is on its way." ...]
                             [--starts-at 2026-11-23T10:00:00Z] [--frozen true]
        --account and --token may be given once for all numbers, or once for each in the order of --number.
        """;

    public bool IsOpenToOthers => IPAddress.TryParse(One("--listen"), out var address) && !IPAddress.IsLoopback(address);

    public string? Webhook => One("--webhook");

    /// <summary>What is wrong with an option, by the name it has on the command line.</summary>
    public static string InItsOwnWords(ArgumentException e)
    {
        var text = e.ParamName is null ? e.Message : e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal);
        return text.Replace(nameof(EmulatorOptions.ListenAddress), "--listen", StringComparison.Ordinal)
            .Replace(nameof(EmulatorOptions.AppSecret), "--app-secret", StringComparison.Ordinal)
            .Replace(nameof(EmulatorOptions.StartsAt), "--starts-at", StringComparison.Ordinal);
    }

    /// <exception cref="UsageException">Something is wrong with it; the message says what to give.</exception>
    public static EmulateArguments Parse(IReadOnlyList<string> args) => new(OptionValues.Parse(args, Names, Repeatable, takesArguments: false));

    /// <exception cref="UsageException">A value is wrong; the message quotes it.</exception>
    public void Apply(EmulatorOptions options)
    {
        var port = One("--port") ?? DefaultPort;
        options.Port = int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= IPEndPoint.MaxPort
            ? number
            : throw new UsageException($"--port '{port}' is not a number from 0 to 65535.");
        options.ListenAddress = One("--listen") ?? options.ListenAddress;
        options.AppSecret = One("--app-secret") ?? options.AppSecret;
        options.VerifyToken = One("--verify-token") ?? options.VerifyToken;
        if (Webhook is { } webhook)
        {
            options.WebhookUrl = Uri.TryCreate(webhook, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
                ? url
                : throw new UsageException($"--webhook '{webhook}' is not an http or https URL: give one such as http://127.0.0.1:5000/whatsapp.");
        }

        ApplyClock(options);

        var standard = new EmulatedNumber { Id = "314159265358979" };
        var ids = _values.All("--number") is { Count: > 0 } given ? given : [standard.Id];
        for (var i = 0; i < ids.Count; i++)
        {
            options.AddNumber(standard with
            {
                Id = ids[i],
                AccessToken = Each("--token", i, ids.Count) ?? standard.AccessToken,
                BusinessAccountId = Each("--account", i, ids.Count) ?? standard.BusinessAccountId,
                DisplayPhoneNumber = (long.Parse(standard.DisplayPhoneNumber, CultureInfo.InvariantCulture) + i).ToString(CultureInfo.InvariantCulture),
                VerifiedName = i == 0 ? standard.VerifiedName : $"{standard.VerifiedName} {i + 1}",
            });
        }

        foreach (var template in _values.All("--template"))
        {
            AddTemplate(options, template);
        }
    }

    private void ApplyClock(EmulatorOptions options)
    {
        if (One("--starts-at") is { } start)
        {
            options.StartsAt = DateTimeOffset.TryParse(start, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
                ? instant
                : throw new UsageException($"--starts-at '{start}' is not an instant, such as 2026-11-23T10:00:00Z.");
        }

        if (One("--frozen") is { } frozen)
        {
            options.ClockFrozen = bool.TryParse(frozen, out var isFrozen) ? isFrozen : throw new UsageException($"--frozen '{frozen}' is not true or false.");
        }
    }

    private static void AddTemplate(EmulatorOptions options, string text)
    {
        if (text.Split('=', 2) is [var head, var body])
        {
            AddTemplate(options, text, head.Split(':'), body);
            return;
        }

        var parts = text.Split(':');
        var parameters = 0;
        if (parts.Length is < 2 or > 4 || (parts.Length > 2 && !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out parameters)))
        {
            throw new UsageException($"--template '{text}' is not name:language:parameters:category, such as order_shipped:en_US:1:UTILITY, "
                + "nor name:language:category=body, such as 'order_shipped:en_US=Order {{1}} is on its way.'");
        }

        options.AddTemplate(parts[0], parts[1], parameters, parts.Length > 3 ? parts[3] : "UTILITY");
    }

    private static void AddTemplate(EmulatorOptions options, string text, string[] parts, string body)
    {
        if (parts.Length is < 2 or > 3 || body.Length == 0)
        {
            throw new UsageException($"--template '{text}' is not name:language:category=body, such as 'order_shipped:en_US=Order {{{{1}}}} is on its way.'");
        }

        options.AddTemplate(new EmulatedTemplate
        {
            Name = parts[0],
            Language = parts[1],
            Category = parts.Length > 2 ? parts[2] : "UTILITY",
            Body = body,
        });
    }

    /// <summary>One value for all numbers, or one for each.</summary>
    private string? Each(string name, int index, int numbers)
    {
        var values = _values.All(name);
        return values.Count == 0 ? null
            : values.Count == 1 ? values[0]
            : values.Count == numbers ? values[index]
            : throw new UsageException($"{name} is given {values.Count} times for {numbers} numbers: give it once, or once for each --number.");
    }

    private string? One(string name) => _values.One(name);
}
