using System.Globalization;
using System.Net;

namespace WhatsSession.Emulator.Host;

/// <summary>The command line.</summary>
internal sealed class HostArguments
{
    private const string DefaultPort = "8080";

    private static readonly string[] Names = ["--port", "--listen", "--webhook", "--number", "--account", "--token", "--app-secret", "--verify-token", "--template"];

    private readonly Dictionary<string, List<string>> _values;

    private HostArguments(Dictionary<string, List<string>> values) => _values = values;

    public static string Usage => $"""
        Meta's side of the WhatsApp Business Platform on this machine.

        whatssession-emulator [--port {DefaultPort}] [--listen 127.0.0.1] [--webhook http://127.0.0.1:5000/whatsapp]
                              [--number 314159265358979 ...] [--account 271828182845904] [--token dev]
                              [--app-secret dev-secret] [--verify-token dev-verify] [--template name:language:parameters:category ...]
        """;

    public bool IsOpenToOthers => IPAddress.TryParse(One("--listen"), out var address) && !IPAddress.IsLoopback(address);

    public string? Webhook => One("--webhook");

    /// <exception cref="ArgumentException">Something is wrong with it; the message says what to give.</exception>
    public static HostArguments Parse(IReadOnlyList<string> args)
    {
        var values = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i += 2)
        {
            var name = args[i];
            if (!Names.Contains(name, StringComparer.Ordinal))
            {
                throw new ArgumentException($"'{name}' is not an option: use {string.Join(", ", Names)}.", nameof(args));
            }

            if (i + 1 == args.Count || args[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                throw new ArgumentException($"{name} needs a value after it.", nameof(args));
            }

            if (!values.TryGetValue(name, out var list))
            {
                values[name] = list = [];
            }

            if (list.Count > 0 && name is not ("--number" or "--template"))
            {
                throw new ArgumentException($"{name} is given twice.", nameof(args));
            }

            list.Add(args[i + 1]);
        }

        return new(values);
    }

    /// <exception cref="ArgumentException">A value is wrong; the message quotes it.</exception>
    public void Apply(EmulatorOptions options)
    {
        var port = One("--port") ?? DefaultPort;
        options.Port = int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= IPEndPoint.MaxPort
            ? number
            : throw new ArgumentException($"--port '{port}' is not a number from 0 to 65535.", nameof(options));
        options.ListenAddress = One("--listen") ?? options.ListenAddress;
        options.AppSecret = One("--app-secret") ?? options.AppSecret;
        options.VerifyToken = One("--verify-token") ?? options.VerifyToken;
        if (Webhook is { } webhook)
        {
            options.WebhookUrl = Uri.TryCreate(webhook, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
                ? url
                : throw new ArgumentException($"--webhook '{webhook}' is not an http or https URL: give one such as http://127.0.0.1:5000/whatsapp.", nameof(options));
        }

        var standard = new EmulatedNumber { Id = "314159265358979" };
        var ids = _values.GetValueOrDefault("--number") ?? [standard.Id];
        for (var i = 0; i < ids.Count; i++)
        {
            options.AddNumber(standard with
            {
                Id = ids[i],
                AccessToken = One("--token") ?? standard.AccessToken,
                BusinessAccountId = One("--account") ?? standard.BusinessAccountId,
                DisplayPhoneNumber = (long.Parse(standard.DisplayPhoneNumber, CultureInfo.InvariantCulture) + i).ToString(CultureInfo.InvariantCulture),
                VerifiedName = i == 0 ? standard.VerifiedName : $"{standard.VerifiedName} {i + 1}",
            });
        }

        _values.GetValueOrDefault("--template")?.ForEach(t => AddTemplate(options, t));
    }

    private static void AddTemplate(EmulatorOptions options, string text)
    {
        var parts = text.Split(':');
        var parameters = 0;
        if (parts.Length is < 2 or > 4 || (parts.Length > 2 && !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out parameters)))
        {
            throw new ArgumentException($"--template '{text}' is not name:language:parameters:category, such as order_shipped:en_US:1:UTILITY.", nameof(text));
        }

        options.AddTemplate(parts[0], parts[1], parameters, parts.Length > 3 ? parts[3] : "UTILITY");
    }

    private string? One(string name) => _values.GetValueOrDefault(name)?[0];
}
