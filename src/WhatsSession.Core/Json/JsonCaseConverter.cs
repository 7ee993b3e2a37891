using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsSession.Json;

/// <summary>
/// Writes and reads one case of a closed choice, in the same form as <see cref="JsonFormConverter{T}"/> writes the choice. It is for code whose property has
/// the type of the case.
/// </summary>
/// <typeparam name="TChoice">The choice.</typeparam>
/// <typeparam name="TCase">The case.</typeparam>
/// <remarks>Types of this SDK have it as an attribute; no option is needed. It uses no reflection. Thread-safe.</remarks>
public sealed class JsonCaseConverter<TChoice, TCase> : JsonConverter<TCase>
    where TChoice : class, IJsonForm<TChoice>
    where TCase : class, TChoice
{
    private static readonly JsonFormConverter<TChoice> Choice = new();

    /// <inheritdoc />
    public override TCase Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Choice.Read(ref reader, typeof(TChoice), options) as TCase
        ?? throw new JsonException($"The {typeof(TChoice).Name} is of another case than {typeof(TCase).Name}.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, TCase value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        TChoice.WriteJson(writer, value, options);
    }
}
