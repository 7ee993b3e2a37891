using System.Globalization;
using System.Text.Json;

namespace WhatsSession.Emulator.Http;

/// <summary>
/// Reads the fields of a request's JSON and keeps the first error: a field that is missing,
/// of the wrong kind, or too long. After an error every read gives an empty value.
/// </summary>
internal sealed class FieldReader
{
    public const int AnyLength = int.MaxValue;

    public GraphError? Error { get; private set; }

    public static bool Has(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null;

    public void Refuse(GraphError error) => Error ??= error;

    public void Require(bool condition, GraphError error)
    {
        if (!condition)
        {
            Refuse(error);
        }
    }

    // In the reading below an error is made when it is needed alone: most requests have none.
    public void Require(JsonElement parent, string name)
    {
        if (!Has(parent, name))
        {
            Refuse(GraphError.Missing(name));
        }
    }

    /// <returns>An object, or an undefined element after an error.</returns>
    public JsonElement Object(JsonElement parent, string name) => OfKind(parent, name, JsonValueKind.Object, "an object");

    /// <returns>The objects of an array, none after an error.</returns>
    public List<JsonElement> Objects(JsonElement parent, string name, int min, int max)
    {
        var array = OfKind(parent, name, JsonValueKind.Array, "an array");
        if (Error is not null)
        {
            return [];
        }

        var items = array.EnumerateArray().ToList();
        Require(items.Count >= min && items.Count <= max, GraphError.BadValue($"'{name}' takes {min} to {max} items, not {items.Count}."));
        Require(items.TrueForAll(static i => i.ValueKind == JsonValueKind.Object), GraphError.Invalid($"The items of '{name}' must be objects."));
        return Error is null ? items : [];
    }

    /// <returns>Text of at least one character, or an empty one after an error.</returns>
    public string Text(JsonElement parent, string name, int max)
    {
        var text = OptionalText(parent, name, max);
        if (string.IsNullOrEmpty(text))
        {
            Refuse(GraphError.Missing(name));
        }

        return text ?? "";
    }

    public string? OptionalText(JsonElement parent, string name, int max)
    {
        if (Error is not null || !Has(parent, name))
        {
            return null;
        }

        var field = parent.GetProperty(name);
        if (field.ValueKind != JsonValueKind.String)
        {
            Refuse(GraphError.Invalid($"Param '{name}' must be a string."));
            return null;
        }

        var text = field.GetString()!;
        var length = Length(text);
        if (length > max)
        {
            Refuse(GraphError.BadValue($"'{name}' has {length} characters; at most {max} are allowed."));
        }

        return text;
    }

    public void OptionalBoolean(JsonElement parent, string name)
    {
        if (Error is null && Has(parent, name))
        {
            Require(
                parent.GetProperty(name).ValueKind is JsonValueKind.True or JsonValueKind.False,
                GraphError.Invalid($"Param '{name}' must be true or false."));
        }
    }

    public void Absent(JsonElement parent, string name, string where) =>
        Require(!Has(parent, name), GraphError.Invalid($"Unexpected key '{name}' on {where}."));

    /// <summary>A whole number, or one written as text.</summary>
    public int OptionalInteger(JsonElement parent, string name, int min, int max, int absent)
    {
        if (Error is not null || !Has(parent, name))
        {
            return absent;
        }

        var field = parent.GetProperty(name);
        var text = field.ValueKind == JsonValueKind.String ? field.GetString() : null;
        var isNumber = field.ValueKind == JsonValueKind.Number
            ? field.TryGetInt32(out var value)
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        Require(isNumber && value >= min && value <= max, GraphError.BadValue($"'{name}' must be a whole number from {min} to {max}."));
        return Error is null ? value : absent;
    }

    /// <summary>In code points: an emoji outside the basic plane counts once.</summary>
    public static int Length(string text) => text.Length - text.Count(char.IsLowSurrogate);

    private JsonElement OfKind(JsonElement parent, string name, JsonValueKind kind, string kindName)
    {
        Require(parent, name);
        if (Error is not null)
        {
            return default;
        }

        var field = parent.GetProperty(name);
        if (field.ValueKind != kind)
        {
            Refuse(GraphError.Invalid($"Param '{name}' must be {kindName}."));
        }

        return Error is null ? field : default;
    }
}
