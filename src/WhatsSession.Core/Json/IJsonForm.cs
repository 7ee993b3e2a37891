using System.Text.Json;

namespace WhatsSession.Json;

/// <summary>A value that writes and reads its own JSON. <see cref="JsonFormConverter{T}"/> uses it.</summary>
/// <typeparam name="TSelf">The value itself.</typeparam>
public interface IJsonForm<TSelf>
    where TSelf : IJsonForm<TSelf>
{
    /// <summary>Writes the value. Names of fields follow the naming policy of the options.</summary>
    static abstract void WriteJson(Utf8JsonWriter writer, TSelf value, JsonSerializerOptions options);

    /// <summary>Reads what <see cref="WriteJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="options">The options that it was written with.</param>
    /// <exception cref="JsonException">The JSON is not in this form.</exception>
    static abstract TSelf ReadJson(JsonElement json, JsonSerializerOptions options);
}
