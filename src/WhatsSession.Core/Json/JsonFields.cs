using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace WhatsSession.Json;

/// <summary>Writes the fields of an object as the serializer does: by the naming policy, and nulls only where they are wanted.</summary>
internal readonly struct JsonFields(Utf8JsonWriter writer, JsonSerializerOptions options)
{
    public void Name(string name) => writer.WritePropertyName(NameOf(name, options));

    public void Text(string name, string? value)
    {
        if (Begins(name, value is null))
        {
            writer.WriteStringValue(value);
        }
    }

    public void Number(string name, long? value)
    {
        if (Begins(name, value is null))
        {
            writer.WriteNumberValue(value!.Value);
        }
    }

    public void Flag(string name, bool? value)
    {
        if (Begins(name, value is null))
        {
            writer.WriteBooleanValue(value!.Value);
        }
    }

    public void Time(string name, Instant? value) => Text(name, value is { } at ? InstantPattern.ExtendedIso.Format(at) : null);

    public void Time(string name, Duration value) => Text(name, IsoDurationPattern.Instance.Format(value));

    public void Choice<TEnum>(string name, TEnum value)
        where TEnum : struct, Enum => Text(name, JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

    public void Form<T>(string name, T? value)
        where T : class, IJsonForm<T>
    {
        if (Begins(name, value is null))
        {
            T.WriteJson(writer, value!, options);
        }
    }

    public static string NameOf(string name, JsonSerializerOptions options) => options.PropertyNamingPolicy?.ConvertName(name) ?? name;

    /// <summary>Whether a value follows the name; a null is written, or left out, here.</summary>
    public bool Begins(string name, bool isNull)
    {
        if (isNull && options.DefaultIgnoreCondition != System.Text.Json.Serialization.JsonIgnoreCondition.Never)
        {
            return false;
        }

        Name(name);
        if (isNull)
        {
            writer.WriteNullValue();
        }

        return !isNull;
    }
}
