using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace WhatsSession.Emulator.Tests;

/// <summary>A business with one emulator: sends raw requests, keeps the webhooks it gets.</summary>
internal sealed class Business : IAsyncDisposable
{
    public const string Number = "314159265358979";
    public const string Phone = "15550001234";

    public static readonly DateTimeOffset Start = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private readonly HttpClient _http;
    private readonly ConcurrentQueue<WebhookDelivery> _webhooks = new();

    private Business(WhatsAppEmulator emulator)
    {
        Emulator = emulator;
        _http = new() { BaseAddress = emulator.BaseAddress };
        Emulator.ConnectWebhook((delivery, _) =>
        {
            _webhooks.Enqueue(delivery);
            return Task.FromResult(Answer(delivery));
        });
    }

    public WhatsAppEmulator Emulator { get; }

    /// <summary>How the business answers its webhooks.</summary>
    public Func<WebhookDelivery, int> Answer { get; set; } = static _ => 200;

    public IReadOnlyList<WebhookDelivery> Webhooks => [.. _webhooks];

    /// <summary>A frozen emulator at <see cref="Start"/>.</summary>
    public static async Task<Business> OpenAsync(Action<EmulatorOptions>? configure = null) => new(await WhatsAppEmulator.StartAsync(o =>
    {
        o.StartsAt = Start;
        o.ClockFrozen = true;
        configure?.Invoke(o);
    }));

    public async Task<Reply> SendAsync(string body, string number = Number, string? token = "dev", string path = "/messages", string method = "POST")
    {
        using var request = new HttpRequestMessage(new(method), $"v27.0/{number}{path}");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = new("application/json");
        return await AskAsync(request, token);
    }

    public async Task<Reply> GetAsync(string path, string? token = "dev")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await AskAsync(request, token);
    }

    public async Task<Reply> PostAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        return await AskAsync(request, token: null);
    }

    public async Task<Reply> DeleteAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, path);
        return await AskAsync(request, "dev");
    }

    /// <summary>Posts JSON to any path.</summary>
    public async Task<Reply> PostAsync(string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        return await AskAsync(request, "dev");
    }

    public async Task<Reply> UploadAsync(byte[] file, string mimeType, string number = Number)
    {
        using var form = new MultipartFormDataContent();
        using var product = new StringContent("whatsapp");
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mimeType);
        form.Add(product, "messaging_product");
        form.Add(content, "file", "file.bin");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"v27.0/{number}/media") { Content = form };
        return await AskAsync(request, "dev");
    }

    /// <summary>Sends and returns what came back, whatever it is.</summary>
    public async Task<HttpResponseMessage> RawAsync(HttpRequestMessage request)
    {
        request.Headers.Authorization ??= new AuthenticationHeaderValue("Bearer", "dev");
        return await _http.SendAsync(request);
    }

    public Task<HttpResponseMessage> RawSendAsync(string content) => RawAsync(new(HttpMethod.Post, $"v27.0/{Number}/messages")
    {
        Content = new StringContent(Body(Phone, content), Encoding.UTF8, "application/json"),
    });

    public Task<Reply> TextAsync(string text, string to = Phone, string number = Number) => SendAsync(Body(to, $$"""
        "type":"text","text":{"body":{{JsonEncodedText.Encode(text).Quoted()}}}
        """), number);

    /// <summary>Waits until every webhook due by now was delivered.</summary>
    public Task SettleAsync() => Emulator.SettleAsync().WithinLimitAsync();

    /// <summary>The statuses delivered so far, each with the whole webhook's value.</summary>
    public IReadOnlyList<(JsonElement Status, JsonElement Value)> Statuses() =>
        [.. Values().Where(v => v.TryGetProperty("statuses", out _)).Select(v => (v.GetProperty("statuses")[0], v))];

    public IReadOnlyList<string> StatusNames() => [.. Statuses().Select(s => s.Status.GetProperty("status").GetString()!)];

    /// <summary>The last inbound message with its webhook's value.</summary>
    public (JsonElement Message, JsonElement Value) LastInbound() => Values().Where(v => v.TryGetProperty("messages", out _)).Select(v => (v.GetProperty("messages")[0], v)).Last();

    public static string Body(string to, string content) => $$"""{"messaging_product":"whatsapp","to":"{{to}}",{{content}}}""";

    public static string Unix(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        _http.Dispose();
    }

    private IEnumerable<JsonElement> Values() => Webhooks.Select(w =>
    {
        using var document = JsonDocument.Parse(w.Body);
        return document.RootElement.GetProperty("entry")[0].GetProperty("changes")[0].GetProperty("value").Clone();
    });

    private async Task<Reply> AskAsync(HttpRequestMessage request, string? token)
    {
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        using var document = JsonDocument.Parse(text);
        return new((int)response.StatusCode, document.RootElement.Clone(), response.Headers.Date);
    }
}
