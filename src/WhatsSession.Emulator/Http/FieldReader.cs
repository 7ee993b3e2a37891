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

    /// <summary>
    /// Whether the reading has entered what an interactive message or a template message is made of. A field that is missing or too long
    /// there gets a code of WhatsApp, 131008 or 131009; everywhere else it gets that of the Graph API, 100.
    /// </summary>
    public bool IsInsideContent { get; set; }

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
            Refuse(Missing(name));
        }
    }

    /// <summary>For a field that other fields make necessary.</summary>
    public void RequireGiven(bool isGiven, string name)
    {
        if (!isGiven)
        {
            Refuse(Missing(name));
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
            Refuse(Missing(name));
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
            Refuse(TooLong($"'{name}' has {length} characters; at most {max} are allowed."));
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

    private GraphError Missing(string name) => IsInsideContent ? GraphError.Missing(name) : GraphError.Invalid($"Parameter '{name}' is required.");

    private GraphError TooLong(string details) => IsInsideContent ? GraphError.BadValue(details) : GraphError.Invalid(details);

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
