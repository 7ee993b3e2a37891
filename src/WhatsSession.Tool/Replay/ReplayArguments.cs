using WhatsSession.Tool.CommandLine;

namespace WhatsSession.Tool.Replay;

/// <summary>The options of <c>whatssession replay</c>.</summary>
internal sealed class ReplayArguments
{
    private const string SecretVariable = "WHATSAPP_APP_SECRET";

    public static string Usage => $"""
        Posts captured webhooks to an app again, each signed as Meta signs it.

        whatssession replay FILE ... --to http://127.0.0.1:5000/whatsapp --secret APP-SECRET

          FILE      webhook bodies: one as JSON, one on each line, an array of them, or a directory of such files (.json, .jsonl, .ndjson).
                    What GET /_emulator/webhooks of the emulator answers is one too, and what the Quickstart writes with --journal.
          --to      the app's webhook endpoint
          --secret  the app secret that the app checks with; the environment variable {SecretVariable} serves too

        Exit code: 0 when every webhook was answered with 200, 1 when one was not, 2 when the command line or a file is wrong.
        Nothing is posted before every file was read.
        """;

    public required IReadOnlyList<string> Paths { get; init; }

    public required Uri To { get; init; }

    public required string Secret { get; init; }

    /// <exception cref="UsageException">Something is wrong with it; the message says what to give.</exception>
    public static ReplayArguments Parse(IReadOnlyList<string> args)
    {
        var values = OptionValues.Parse(args, ["--to", "--secret"], repeatable: [], takesArguments: true);
        if (values.Arguments.Count == 0)
        {
            throw new UsageException("FILE is missing: give a file of webhook bodies, or a directory of such files.");
        }

        var to = values.One("--to") ?? throw new UsageException("--to is missing: give the app's webhook endpoint, such as http://127.0.0.1:5000/whatsapp.");
        if (!Uri.TryCreate(to, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new UsageException($"--to '{to}' is not an http or https URL: give one such as http://127.0.0.1:5000/whatsapp.");
        }

        var secret = values.One("--secret") ?? Environment.GetEnvironmentVariable(SecretVariable);
        if (string.IsNullOrEmpty(secret))
        {
            throw new UsageException($"--secret is missing: give the app secret that the app checks with (WhatsSession:AppSecret), or set {SecretVariable}.");
        }

        return new() { Paths = values.Arguments, To = url, Secret = secret };
    }
}
