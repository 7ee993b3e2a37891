namespace WhatsSession.Json;

/// <summary>A value that is one string in JSON, as an id or a word of Meta's: what <see cref="JsonTextConverter{T}"/> asks of it.</summary>
/// <typeparam name="TSelf">The value itself.</typeparam>
/// <remarks>The string is the whole value, personal data among it: whoever asks for JSON gets all of it. <c>ToString()</c> stays fit for logs.</remarks>
public interface IJsonText<TSelf>
    where TSelf : struct, IJsonText<TSelf>
{
    /// <summary>The string; null for a <c>default</c>, which names nothing.</summary>
    static abstract string? ToJson(TSelf value);

    /// <summary>Reads what <see cref="ToJson"/> gives.</summary>
    /// <param name="text">The string; null for a JSON null.</param>
    /// <returns>The value; null when the string is none.</returns>
    static abstract TSelf? FromJson(string? text);
}
