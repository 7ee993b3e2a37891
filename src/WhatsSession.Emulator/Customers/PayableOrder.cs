using System.Text.Json;

namespace WhatsSession.Emulator.Customers;

/// <summary>What a customer can pay: an interactive message of type <c>order_details</c>.</summary>
/// <param name="ReferenceId">The business's own id of the order.</param>
/// <param name="Amount">The <c>total_amount</c>, as JSON; null when the message has none.</param>
/// <param name="Currency">The currency; null when the message has none.</param>
internal sealed record PayableOrder(string ReferenceId, string? Amount, string? Currency)
{
    /// <returns>Null when a message is no order.</returns>
    public static PayableOrder? Find(OutboundMessage message)
    {
        using var document = JsonDocument.Parse(message.Json);
        if (message.Type is not "interactive" || !document.RootElement.TryGetProperty("interactive", out var content)
            || !content.GetProperty("type").ValueEquals("order_details"))
        {
            return null;
        }

        var parameters = content.GetProperty("action").GetProperty("parameters");
        return new(
            parameters.GetProperty("reference_id").GetString()!,
            parameters.TryGetProperty("total_amount", out var amount) && amount.ValueKind == JsonValueKind.Object ? amount.GetRawText() : null,
            parameters.TryGetProperty("currency", out var currency) && currency.ValueKind == JsonValueKind.String ? currency.GetString() : null);
    }
}
