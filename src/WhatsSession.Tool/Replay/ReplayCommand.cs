using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using WhatsSession.Tool.CommandLine;

namespace WhatsSession.Tool.Replay;

/// <summary><c>whatssession replay</c>: posts captured webhooks to an app again, in order, each after the answer to the one before.</summary>
internal static class ReplayCommand
{
    public const string Name = "replay";

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    // Meta's time-out is not documented; an app that answers later than this is given up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // WhatsSession calls no handler for what is older.
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(8);

    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        if (args is ["--help" or "-h"])
        {
            Console.WriteLine(ReplayArguments.Usage);
            return ExitCode.Done;
        }

        try
        {
            var arguments = ReplayArguments.Parse(args);
            return await PostAsync(arguments, Capture.Read(arguments.Paths)).ConfigureAwait(false);
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            Console.Error.WriteLine("whatssession replay --help shows the options.");
            return ExitCode.Usage;
        }
    }

    private static async Task<int> PostAsync(ReplayArguments arguments, IReadOnlyList<CapturedWebhook> webhooks)
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
            var (status, isThere) = await PostAsync(http, arguments, webhook.Body).ConfigureAwait(false);
            table.Add(webhook, status, Stopwatch.GetElapsedTime(since));
            posted++;
            if (!isThere)
            {
                break;
            }
        }

        var horizon = TimeProvider.System.GetUtcNow() - Horizon;
        table.Finish(arguments.To, webhooks.Count - posted, webhooks.Take(posted).Count(w => w.Newest < horizon));
        return table.Failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    /// <returns>The status, 0 for no answer; and whether anything is there to be asked again.</returns>
    private static async Task<(int Status, bool IsThere)> PostAsync(HttpClient http, ReplayArguments arguments, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, arguments.To) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = Json;
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(arguments.Secret), body));
        request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", "sha256=" + signature);
        request.Headers.TryAddWithoutValidation("User-Agent", "facebookexternalua");
        try
        {
            using var response = await http.SendAsync(request).ConfigureAwait(false);
            return ((int)response.StatusCode, true);
        }
        catch (HttpRequestException e)
        {
            return (0, e.HttpRequestError is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError));
        }
        catch (TaskCanceledException)
        {
            return (0, true);
        }
    }
}
