using System.CommandLine;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using WhatsSession.Tool.CommandLine;

namespace WhatsSession.Tool.Replay;

/// <summary><c>whatssession replay</c>: posts captured webhooks to an app again, in order, each after the answer to the one before.</summary>
internal sealed class ReplayCommand : CommandWithExamples
{
    private const string SecretVariable = "WHATSAPP_APP_SECRET";

    private const string Ending = """
        What GET /_emulator/webhooks of the emulator answers is such a file too, and what the Quickstart writes with --journal.
        Nothing is posted before every file was read.
        Exit code: 0 when every webhook was answered with 200, 1 when one was not, 2 when the command line or a file is wrong.

        Example:
          whatssession replay captured.jsonl --to http://127.0.0.1:5000/whatsapp --secret dev-secret
        """;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    // Meta's time-out is not documented; an app that answers later than this is given up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // WhatsSession calls no handler for what is older.
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(8);

    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "a file of webhook bodies (one as JSON, one on each line, an array of them), or a directory of such files (.json, .jsonl, .ndjson)",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<Uri> _to = new("--to")
    {
        Description = "the app's webhook endpoint, such as http://127.0.0.1:5000/whatsapp",
        HelpName = "url",
        Required = true,
        CustomParser = ValueReading.WebhookUrl,
    };

    private readonly Option<string> _secret = new("--secret")
    {
        Description = $"the app secret that the app checks with (WhatsSession:AppSecret); the environment variable {SecretVariable} serves too",
        HelpName = "secret",
    };

    public ReplayCommand()
        : base("replay", "Posts captured webhooks to an app again, each signed as Meta signs it.", Ending)
    {
        Arguments.Add(_files);
        Options.Add(_to);
        Options.Add(_secret);
        SetAction(RunAsync);
    }

    private Task<int> RunAsync(ParseResult given, CancellationToken cancellationToken)
    {
        // Not the option's default: the help would show it.
        var secret = given.GetValue(_secret) ?? Environment.GetEnvironmentVariable(SecretVariable);
        return string.IsNullOrEmpty(secret)
            ? throw new UsageException($"--secret is missing: give the app secret that the app checks with (WhatsSession:AppSecret), or set {SecretVariable}.")
            : PostAsync(given.GetRequiredValue(_to), secret, Capture.Read(given.GetRequiredValue(_files)), cancellationToken);
    }

    private static async Task<int> PostAsync(Uri to, string secret, IReadOnlyList<CapturedWebhook> webhooks, CancellationToken cancellationToken)
    {
        // What is on this machine is reached without the machine's proxy.
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = !arguments.To.IsLoopback };
        using var http = new HttpClient(handler) { Timeout = Patience };
        var table = new AnswerTable(Console.Out);
        var posted = 0;
        table.Begin();
        foreach (var webhook in webhooks)
        {
            var since = Stopwatch.GetTimestamp();
            var (status, isThere) = await PostAsync(http, to, secret, webhook.Body, cancellationToken).ConfigureAwait(false);
            table.Add(webhook, status, Stopwatch.GetElapsedTime(since));
            posted++;
            if (!isThere)
            {
                break;
            }
        }

        var horizon = TimeProvider.System.GetUtcNow() - Horizon;
        table.Finish(to, webhooks.Count - posted, webhooks.Take(posted).Count(w => w.Newest < horizon));
        return table.Failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    /// <returns>The status, 0 for no answer; and whether anything is there to be asked again.</returns>
    private static async Task<(int Status, bool IsThere)> PostAsync(HttpClient http, Uri to, string secret, byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = Json;
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
        request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", "sha256=" + signature);
        request.Headers.TryAddWithoutValidation("User-Agent", "facebookexternalua");
        try
        {
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return ((int)response.StatusCode, true);
        }
        catch (HttpRequestException e)
        {
            return (0, e.HttpRequestError is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError));
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (0, true);
        }
    }
}
