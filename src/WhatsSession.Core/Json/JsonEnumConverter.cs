using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsSession.Json;

/// <summary>Writes and reads a choice as its name in camel case, such as <c>neverOpened</c>; numbers are not read.</summary>
/// <typeparam name="TEnum">The choice.</typeparam>
public sealed class JsonEnumConverter<TEnum> : JsonStringEnumConverter<TEnum>
    where TEnum : struct, Enum
{
    /// <summary>Makes the converter.</summary>
    public JsonEnumConverter()
        : base(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    {
    }
}
