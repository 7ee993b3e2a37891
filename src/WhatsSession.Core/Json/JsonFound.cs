using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace WhatsSession.Json;

/// <summary>Reads the fields that <see cref="JsonFields"/> wrote. A fault names the type and the field, never what stands in it.</summary>
internal readonly struct JsonFound(JsonElement json, JsonSerializerOptions options, string type)
{
    /// <summary>The field; null when it is absent or null.</summary>
    public JsonElement? Find(string name)
    {
        var wanted = JsonFields.NameOf(name, options);
        if (!json.TryGetProperty(wanted, out var found))
        {
            found = options.PropertyNameCaseInsensitive
                ? json.EnumerateObject().FirstOrDefault(field => string.Equals(field.Name, wanted, StringComparison.OrdinalIgnoreCase)).Value
                : default;
        }

        return found.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : found;
    }

    public string? Text(string name) => Find(name) is not { } found ? null : found.ValueKind == JsonValueKind.String ? found.GetString() : throw Fault(name);

    public bool? Flag(string name) => Find(name)?.ValueKind switch
    {
        null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Fault(name),
    };

    public long? Number(string name) =>
        Find(name) is not { } found ? null : found.ValueKind == JsonValueKind.Number && found.TryGetInt64(out var number) ? number : throw Fault(name);

    public int? Int(string name) =>
        Number(name) is not { } number ? null : number is >= int.MinValue and <= int.MaxValue ? (int)number : throw Fault(name);

    public Instant? Time(string name) =>
        Text(name) is not { } text ? null : InstantPattern.ExtendedIso.Parse(text).TryGetValue(default, out var at) ? at : throw Fault(name);

    public T? Value<T>(string name)
        where T : struct, IJsonText<T> =>
        Text(name) is not { } text ? null : T.FromJson(text) ?? throw Fault(name);

    public TEnum? Choice<TEnum>(string name)
        where TEnum : struct, Enum =>
        Text(name) is not { } text ? null
        : text is [>= 'A', ..] && Enum.TryParse<TEnum>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value
        : throw Fault(name);

    public JsonElement? Object(string name) => Find(name) is not { } found ? null : found.ValueKind == JsonValueKind.Object ? found : throw Fault(name);

    public T? Form<T>(string name)
        where T : class, IJsonForm<T> => Object(name) is { } found ? T.ReadJson(found, options) : null;

    /// <summary>The objects of a list; none when it is absent.</summary>
    public IReadOnlyList<JsonElement> Items(string name)
    {
        if (Find(name) is not { } list)
        {
            return [];
        }

        return list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.Object)
            ? [.. list.EnumerateArray()]
            : throw Fault(name);
    }

    public JsonException Fault(string name) => new($"\"{JsonFields.NameOf(name, options)}\" of a {type} is absent or is not what it should be.");
}
