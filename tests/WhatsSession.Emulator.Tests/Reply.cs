using System.Text.Json;

namespace WhatsSession.Emulator.Tests;

/// <summary>An answer of the Graph API.</summary>
internal sealed record Reply(int StatusCode, JsonElement Json, DateTimeOffset? Date)
{
    public int? Code => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : null;

    public string MessageId => Json.GetProperty("messages")[0].GetProperty("id").GetString()!;
}
