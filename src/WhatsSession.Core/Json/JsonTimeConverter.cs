using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace WhatsSession.Json;

/// <summary>
/// Writes and reads the times of NodaTime as ISO 8601: an <see cref="Instant"/> in UTC (<c>2026-11-30T10:00:00Z</c>, a fraction only where there is one),
/// a <see cref="Duration"/> in hours, minutes and seconds (<c>PT1H30M</c>), a <see cref="LocalDate"/> as <c>2026-11-30</c>.
/// </summary>
/// <remarks>
/// Properties of this SDK have it as an attribute. Put it on your own properties too, also on nullable ones. It uses no reflection. Thread-safe. A duration
/// has the format that JSON Schema calls <c>duration</c>. Java, Python, Kotlin and JavaScript's <c>Temporal.Duration</c> can read it; only .NET can read the
/// format of <see cref="TimeSpan"/>. Days are read as 24 hours each and never written. Years, months and weeks are not read.
/// </remarks>
public sealed class JsonTimeConverter : JsonConverterFactory
{
    /// <inheritdoc />
    public override bool CanConvert(Type typeToConvert) => Find(typeToConvert) is not null;

    /// <inheritdoc />
    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) => Find(typeToConvert);

    private static JsonConverter? Find(Type type) =>
        type == typeof(Instant) ? new Pattern<Instant>(InstantPattern.ExtendedIso)
        : type == typeof(Instant?) ? new OrNull<Instant>(new Pattern<Instant>(InstantPattern.ExtendedIso))
        : type == typeof(Duration) ? new Pattern<Duration>(IsoDurationPattern.Instance)
        : type == typeof(Duration?) ? new OrNull<Duration>(new Pattern<Duration>(IsoDurationPattern.Instance))
        : type == typeof(LocalDate) ? new Pattern<LocalDate>(LocalDatePattern.Iso)
        : type == typeof(LocalDate?) ? new OrNull<LocalDate>(new Pattern<LocalDate>(LocalDatePattern.Iso))
        : null;

    private sealed class Pattern<T>(IPattern<T> pattern) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && pattern.Parse(reader.GetString()!).TryGetValue(default, out var value)
                ? value
                : throw new JsonException($"Not {(typeof(T) == typeof(Instant) ? "an" : "a")} {typeof(T).Name} in the form of ISO 8601.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(pattern.Format(value));
    }

    private sealed class OrNull<T>(JsonConverter<T> inner) : JsonConverter<T?>
        where T : struct
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? null : inner.Read(ref reader, typeof(T), options);

        public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options)
        {
            if (value is { } some)
            {
                inner.Write(writer, some, options);
                return;
            }

            writer.WriteNullValue();
        }
    }
}
