using System.Text.Json;

namespace WhatsSession.Emulator.Tests;

internal static class JsonText
{
    public static string Quoted(this JsonEncodedText text) => $"\"{text}\"";

    public static string? Text(this JsonElement element, string name) => element.TryGetProperty(name, out var field) ? field.GetString() : null;
}
