using System.Text.Json;
using WhatsSession.Emulator.Clock;
using WhatsSession.Emulator.Customers;
using WhatsSession.Emulator.Numbers;
using WhatsSession.Emulator.Webhooks;

namespace WhatsSession.Emulator.Acting;

/// <summary>Takes a customer's message: opens the window, keeps the message, and posts the webhook.</summary>
internal sealed class Intake(NumberDirectory numbers, InboundMessageLog inbound, EmulatorFaults faults, MetaTime time, CustomerNews news)
{
    /// <returns>The message's id (wamid).</returns>
    public async Task<string> ReceiveAsync(CustomerDraft draft, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (customer, number, type, writeContent) = draft;
        customer.ThrowIfLeft();
        if (draft.Group is null && customer.With(number).Blocked)
        {
            throw new InvalidOperationException($"{customer} blocked number {number.Id} and cannot write to it: let them unblock it first.");
        }

        if (faults.UnknownTypes)
        {
            (type, writeContent) = ("emulator_unknown", WriteUnknown);
        }

        var message = new InboundMessage
        {
            Id = MessageIds.NewInbound(customer.HidesPhone ? customer.UserId : customer.Phone),
            Number = number,
            Customer = customer,
            At = MetaTime.WholeSecond(time.Now),
            Type = type,
            AnswerTo = draft.AnswerTo,
            Group = draft.Group,
        };
        message.Element = WebhookParts.Message(message, writeContent);
        inbound.Keep(message);
        customer.Handset.Wrote(message);
        if (draft.Group is null)
        {
            customer.With(number).Meet();
        }

        if (draft.OpensWindow)
        {
            (draft.Group?.Pair ?? customer.With(number)).Open(message.At, draft.FromAd);
        }

        numbers.ThroughputOf(number).Take(time.Clock.GetUtcNow());
        await news.MessageAsync(message).WaitAsync(cancellationToken).ConfigureAwait(false);
        return message.Id;
    }

    private static void WriteUnknown(Utf8JsonWriter json)
    {
        json.WriteStartObject("emulator_unknown");
        json.WriteNumber("answer", 42);
        json.WriteEndObject();
    }
}
