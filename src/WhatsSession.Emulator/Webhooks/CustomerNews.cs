using WhatsSession.Emulator.Customers;
using WhatsSession.Emulator.Journal;

namespace WhatsSession.Emulator.Webhooks;

/// <summary>Posts the webhooks about what customers do.</summary>
internal sealed class CustomerNews(WebhookPump pump, ChangeFeed changes)
{
    private const string Calls = "calls";
    private const string Preferences = "user_preferences";

    public Task MessageAsync(InboundMessage message) => PostAsync(new()
    {
        Kind = "message:" + message.Type,
        AccountId = message.Number.BusinessAccountId,
        Number = message.Number,
        MessageId = message.Id,
        Contact = message.Customer.Contact(withUsername: true),
        Array = WebhookItem.Messages,
        Element = message.Element,
    });

    public Task CallAsync(Person caller, EmulatedNumber number, CallEvent call) => PostAsync(new()
    {
        Kind = "calls:" + call.Name,
        AccountId = number.BusinessAccountId,
        Number = number,
        MessageId = call.Id,
        Field = Calls,
        Contact = caller.Contact(withUsername: true),
        Array = Calls,
        Element = WebhookParts.Call(caller, number, call),
    });

    /// <summary>A customer paid an order.</summary>
    public Task PaymentAsync(Person payer, OutboundMessage message, PayableOrder order, DateTimeOffset at) => PostAsync(new()
    {
        Kind = "status:captured",
        AccountId = message.Number.BusinessAccountId,
        Number = message.Number,
        MessageId = message.Id,
        Array = "statuses",
        Element = WebhookParts.Payment(payer, message.Id, order, at),
    });

    /// <summary>A customer stopped or resumed marketing messages.</summary>
    public Task PreferenceAsync(Person customer, EmulatedNumber number, bool stops, DateTimeOffset at) => PostAsync(new()
    {
        Kind = stops ? "user_preferences:stop" : "user_preferences:resume",
        AccountId = number.BusinessAccountId,
        Number = number,
        MessageId = customer.UserId,
        Field = Preferences,
        Contact = customer.Contact(withUsername: true),
        Array = Preferences,
        Element = WebhookParts.Preference(customer, stops, at),
    });

    /// <summary>A customer's number changed, and with it the user id: a message of type <c>system</c>.</summary>
    public Task NumberChangeAsync(EmulatedNumber number, NumberChange change, DateTimeOffset at)
    {
        var id = MessageIds.NewInbound(change.Hidden ? change.OldUserId : change.OldPhone);
        return PostAsync(new()
        {
            Kind = "message:system",
            AccountId = number.BusinessAccountId,
            Number = number,
            MessageId = id,
            Array = WebhookItem.Messages,
            Element = WebhookParts.NumberChange(change, id, at),
        });
    }

    private Task PostAsync(WebhookItem item)
    {
        changes.Tell();
        return pump.EnqueueAsync(item);
    }
}
