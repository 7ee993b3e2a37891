using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The two parts of <c>biz_opaque_callback_data</c>, as <see cref="CallbackData.Split"/> returns them.</summary>
/// <param name="Intent">The send that the message was posted for; null when the data is not ours.</param>
/// <param name="Evidence">
/// The customer's last qualifying event that the send relied on, to the second; 1970 when there was none or the data is not ours.
/// </param>
/// <param name="CallersData">The caller's own data; null when there is none.</param>
/// <remarks>Equality is by value.</remarks>
public readonly record struct CallbackParts(IntentId? Intent, [property: JsonConverter(typeof(JsonTimeConverter))] Instant Evidence, string? CallersData)
{
    /// <summary>A form for logs: the intent. The caller's data may contain anything and is not shown.</summary>
    public override string ToString() => Intent is { } intent ? $"callback data of {intent}" : "callback data of another sender";
}
