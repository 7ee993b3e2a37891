using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace WhatsSession.Webhooks.Tests;

/// <summary>Everything an event says, as text, so that two events can be compared whole. The events' own text form is redacted.</summary>
internal static class EventText
{
    public static string Of(WhatsAppEvent received) => Of(received, static _ => true);

    /// <summary>Without the slice and, where the key is made of the slice, without the key.</summary>
    public static string WithoutRaw(WhatsAppEvent received)
    {
        var hasId = received.Id.Value.Length > 0;
        return Of(received, property => property.Name != nameof(WhatsAppEvent.Raw) && (hasId || property.Name != nameof(WhatsAppEvent.Key)));
    }

    private static string Of(WhatsAppEvent received, Func<PropertyInfo, bool> filter)
    {
        var text = new StringBuilder();
        Append(text, received, filter);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value, Func<PropertyInfo, bool> filter)
    {
        switch (value)
        {
            case double.NaN:
                text.Append("<NaN>");
                break;
            case decimal number:
                text.Append(CultureInfo.InvariantCulture, $"<{number}>");
                break;
            case null:
                text.Append("null");
                break;
            case ReadOnlyMemory<byte> bytes:
                text.Append(Convert.ToHexString(bytes.Span));
                break;
            case string or EventKey or IntentId or Enum or Uri or NodaTime.Instant or NodaTime.Duration:
            case not null when value.GetType().IsPrimitive:
                text.Append(CultureInfo.InvariantCulture, $"<{value}>");
                break;
            case IEnumerable items:
                foreach (var item in items)
                {
                    Append(text, item, filter);
                }

                break;
            default:
                text.Append(value.GetType().Name).Append('{');
                foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(filter).OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    text.Append(property.Name).Append('=');
                    Append(text, property.GetValue(value), filter);
                    text.Append(';');
                }

                text.Append('}');
                break;
        }
    }
}
