using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>Reads a status that tells of a payment.</summary>
internal static class PaymentParser
{
    public static PaymentUpdated Parse(in ObjectReader o)
    {
        var payment = o.Object("payment"u8);
        var amount = payment.Object("amount"u8);
        var (intent, _, callbackData) = CallbackData.Split(o.Text("biz_opaque_callback_data"u8));
        return new PaymentUpdated
        {
            MessageId = o.Message("id"u8) ?? default,
            Status = o.Word("status"u8, static name => new PaymentStatus(name)),
            Timestamp = o.Timestamp(),
            Phone = o.Customer("recipient_id"u8),
            BusinessScopedId = o.Customer("recipient_user_id"u8),
            ParentBusinessScopedId = o.Customer("recipient_parent_user_id"u8) ?? o.Customer("parent_recipient_user_id"u8),
            ReferenceId = payment.Id("reference_id"u8) ?? "",
            Amount = amount.Whole("value"u8) is { } value ? new PaymentAmount(value, amount.Whole("offset"u8) ?? 1) : null,
            Currency = payment.Word("currency"u8) ?? "",
            Transaction = payment.Object("transaction"u8, Transaction),
            Errors = o.Errors(),
            Intent = intent,
            CallbackData = callbackData,
        };
    }

    private static PaymentTransaction Transaction(in ObjectReader o) => new()
    {
        Id = o.Id("id"u8) ?? "",
        Kind = o.Word("type"u8) ?? "",
        Status = o.Word("status"u8) ?? "",
        CreatedAt = o.Time("created_timestamp"u8),
        UpdatedAt = o.Time("updated_timestamp"u8),
    };
}
