using System.Net.Http.Headers;
using System.Text.Json;

namespace WhatsSession.Samples.Quickstart;

/// <summary>Examines a real account with the credentials of the environment. It sends nothing unless a phone is named.</summary>
internal static class Doctor
{
    /// <summary>The exit code: 0 when every check passed.</summary>
    public static async Task<int> ExamineAsync(string? to)
    {
        var token = Environment.GetEnvironmentVariable("WHATSAPP_TOKEN");
        var number = Environment.GetEnvironmentVariable("WHATSAPP_PHONE_NUMBER_ID");
        var account = Environment.GetEnvironmentVariable("WHATSAPP_BUSINESS_ACCOUNT_ID");
        var secret = Environment.GetEnvironmentVariable("WHATSAPP_APP_SECRET");
        var graph = new Uri(Environment.GetEnvironmentVariable("WHATSAPP_GRAPH_URL") ?? GraphClientOptions.DefaultBaseAddress.AbsoluteUri);
        if (string.IsNullOrEmpty(token) || !PhoneNumberId.TryParse(number, out var numberId))
        {
            Report("credentials", passed: false, "set WHATSAPP_TOKEN and WHATSAPP_PHONE_NUMBER_ID (digits) in the environment");
            return 1;
        }

        using var http = new HttpClient { BaseAddress = new Uri(graph, GraphClientOptions.DefaultVersion + "/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var passed = await CheckAsync("token", http, $"debug_token?input_token={Uri.EscapeDataString(token)}", DescribeToken)
            & await CheckAsync("number", http, $"{number}?fields=display_phone_number,verified_name,quality_rating", DescribeNumber)
            & await CheckSubscriptionAsync(http, account)
            & Report("app secret", !string.IsNullOrEmpty(secret), "WHATSAPP_APP_SECRET is needed to check the signatures of webhooks");
        passed &= to is null || await SendHelloAsync(graph, numberId, token, to);
        Console.WriteLine((passed, to) switch
        {
            (false, _) => "FAIL something is missing: the lines that begin with FAIL say what",
            (true, null) => "ok   all is in place; with --to PHONE it also sends the template hello_world",
            _ => "ok   all is in place, and hello_world is on its way: look at the phone",
        });
        return passed ? 0 : 1;
    }

    private static async Task<bool> CheckSubscriptionAsync(HttpClient http, string? account) =>
        BusinessAccountId.TryParse(account, out _)
            ? await CheckAsync("webhook", http, $"{account}/subscribed_apps", DescribeSubscription)
            : Report("webhook", passed: false, "set WHATSAPP_BUSINESS_ACCOUNT_ID (digits) to see whether an app is subscribed");

    private static async Task<bool> CheckAsync(string name, HttpClient http, string path, Func<JsonElement, (bool Passed, string Text)> describe)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
            using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            if (body.RootElement.TryGetProperty("error", out var error))
            {
                var reason = error.TryGetProperty("message", out var message) ? message.GetString() ?? "" : $"HTTP {(int)response.StatusCode}";
                return Report(name, passed: false, reason.Replace(http.DefaultRequestHeaders.Authorization!.Parameter!, "*", StringComparison.Ordinal));
            }

            var (passed, text) = describe(body.RootElement);
            return Report(name, passed, text);
        }
        catch (Exception exception) when (exception
            is HttpRequestException or TaskCanceledException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return Report(name, passed: false, $"no usable answer ({exception.GetType().Name})");
        }
    }

    private static (bool Passed, string Text) DescribeToken(JsonElement body)
    {
        var data = body.GetProperty("data");
        var expires = data.TryGetProperty("expires_at", out var at) ? at.GetInt64() : 0;
        var until = expires == 0 ? "never expires" : $"valid until {DateTimeOffset.FromUnixTimeSeconds(expires):yyyy-MM-dd HH:mm} UTC";
        return data.GetProperty("is_valid").GetBoolean() ? (true, until) : (false, "invalid or expired; make a system user token in the business settings");
    }

    private static (bool Passed, string Text) DescribeNumber(JsonElement body) =>
        (true, $"{body.GetProperty("display_phone_number").GetString()}, \"{body.GetProperty("verified_name").GetString()}\"");

    private static (bool Passed, string Text) DescribeSubscription(JsonElement body) =>
        body.GetProperty("data").GetArrayLength() is var apps and > 0
            ? (true, $"{apps} app(s) subscribed")
            : (false, "no app is subscribed to this account; POST /{account}/subscribed_apps");

    private static async Task<bool> SendHelloAsync(Uri graph, PhoneNumberId number, string token, string to)
    {
        await using var app = await WhatsSessionRuntime.StartAsync(o =>
        {
            o.Numbers.Add("live", number.Value, token);
            o.GraphBaseAddress = graph;
        });
        var outcome = await app.Client.Number("live").Conversation(to).SendAsync(new TemplateMessage("hello_world", "en_US"));
        return Report("hello_world", outcome.IsAccepted, outcome.IsAccepted ? "Meta accepted it" : outcome.Describe());
    }

    private static bool Report(string name, bool passed, string text)
    {
        Palette.Write(passed ? ConsoleColor.Green : ConsoleColor.Red, passed ? "ok  " : "FAIL");
        Console.WriteLine($" {name,-12} {text}");
        return passed;
    }
}
