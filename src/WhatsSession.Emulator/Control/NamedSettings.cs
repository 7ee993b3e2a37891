using System.Text.Json;
using WhatsSession.Emulator.Http;

namespace WhatsSession.Emulator.Control;

/// <summary>Settings that are changed over HTTP by their names.</summary>
internal static class NamedSettings
{
    /// <summary>Sets what an object names; nothing, if anything is wrong.</summary>
    /// <param name="root">The object.</param>
    /// <param name="fields">Keeps the first error.</param>
    /// <param name="change">What a name and a value change; null when there is no such setting, or its value is of another kind.</param>
    /// <param name="refusal">The words for a name that changes nothing.</param>
    public static void Apply(JsonElement root, FieldReader fields, Func<string, JsonElement, Action?> change, Func<string, string> refusal)
    {
        var changes = new List<Action>();
        foreach (var property in root.EnumerateObject())
        {
            if (change(property.Name, property.Value) is { } set)
            {
                changes.Add(set);
            }
            else
            {
                fields.Refuse(GraphError.Invalid(refusal(property.Name)));
            }
        }

        if (fields.Error is null)
        {
            changes.ForEach(static set => set());
        }
    }
}
