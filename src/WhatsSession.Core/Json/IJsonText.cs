namespace WhatsSession.Json;

/// <summary>A value that is one string in JSON, such as an id or a word of Meta's. <see cref="JsonTextConverter{T}"/> uses it.</summary>
/// <typeparam name="TSelf">The value itself.</typeparam>
/// <remarks>The string is the whole value, including personal data: JSON is never redacted. <c>ToString()</c> can be logged.</remarks>
public interface IJsonText<TSelf>
    where TSelf : struct, IJsonText<TSelf>
{
    /// <summary>The string; null for a <c>default</c>, which names nothing.</summary>
    static abstract string? ToJson(TSelf value);

    /// <summary>Reads what <see cref="ToJson"/> gives.</summary>
    /// <param name="text">The string; null for a JSON null.</param>
    /// <returns>The value; null when the string is not valid.</returns>
    static abstract TSelf? FromJson(string? text);
}
