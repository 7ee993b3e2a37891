using WhatsSession.Emulator.Clock;
using WhatsSession.Emulator.Customers;
using WhatsSession.Emulator.Journal;
using WhatsSession.Emulator.Webhooks;

namespace WhatsSession.Emulator.Sending;

/// <summary>Takes accepted messages to their customers and reports every step: sent, delivered, read, or failed.</summary>
internal sealed class Courier(WebhookPump pump, MetaTime time, ChangeFeed changes)
{
    private static readonly string[] StageNames = ["accepted", "sent", "delivered", "read", "played", "failed"];

    /// <summary>The time between accepting a message and <c>sent</c>.</summary>
    public TimeSpan SentAfter { get; set; }

    /// <summary>The time between accepting a message and its arrival.</summary>
    public TimeSpan DeliveredAfter { get; set; }

    public bool ReadAtOnce { get; set; }

    /// <param name="message">An accepted message.</param>
    /// <param name="answered">Completes when the business has its answer: no status overtakes it.</param>
    public void Accept(OutboundMessage message, Task answered)
    {
        if (message.Failure is not null)
        {
            After(SentAfter, () => Report(message, MessageStage.Failed, answered));
            return;
        }

        After(SentAfter, () => Report(message, MessageStage.Sent, answered));
        if (message.Customer?.With(message.Number).Blocked is true)
        {
            // As in life: it stays at one tick.
            return;
        }

        After(DeliveredAfter > SentAfter ? DeliveredAfter : SentAfter, () => Arrive(message, answered));
    }

    /// <returns>Completes when the business has answered the status webhook.</returns>
    public Task ReadAsync(OutboundMessage message) => ReachAsync(message, MessageStage.Read);

    /// <returns>Completes when the business has answered the status webhook.</returns>
    public Task PlayAsync(OutboundMessage message) => ReachAsync(message, MessageStage.Played);

    /// <summary>Delivers what waited for a phone that was off.</summary>
    public void Deliver(OutboundMessage message) => Deliver(message, Task.CompletedTask);

    private Task ReachAsync(OutboundMessage message, MessageStage stage) =>
        Next(message, stage, Task.CompletedTask) is { } status ? pump.EnqueueAsync(status) : Task.CompletedTask;

    private void Arrive(OutboundMessage message, Task answered)
    {
        if (message.Group is { } group)
        {
            ArriveInGroup(message, group, answered);
            return;
        }

        if (message.Customer?.Handset.Waits(message) is not true)
        {
            Deliver(message, answered);
        }
    }

    private void Deliver(OutboundMessage message, Task answered)
    {
        if (time.Now >= message.Expires)
        {
            // Dropped, and no webhook tells: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/time-to-live.
            return;
        }

        // The status first: a customer who reads the message the moment it is there must not overtake it.
        if (!message.IsReaction)
        {
            Report(message, MessageStage.Delivered, answered);
        }

        message.Customer?.Handset.Receive(message, time.Now);
        changes.Tell();
        if (ReadAtOnce && !message.IsReaction)
        {
            Report(message, MessageStage.Read, answered);
        }
    }

    /// <summary>One webhook tells of everybody whom it reaches at once.</summary>
    private void ArriveInGroup(OutboundMessage message, Group group, Task answered)
    {
        var parts = group.Participants.Where(static p => p.IsReachable).Select(message.For).Where(static p => !p.Customer!.Handset.Waits(p)).ToList();
        if (time.Now >= message.Expires || parts.Count == 0)
        {
            return;
        }

        var told = parts.ConvertAll(part => Next(part, MessageStage.Delivered, answered)!);
        pump.Enqueue(told.Count == 1 ? told[0] : new()
        {
            Kind = told[0].Kind,
            AccountId = message.Number.BusinessAccountId,
            Number = message.Number,
            MessageId = message.Id,
            Array = "statuses",
            Element = [],
            Parts = told,
            Ready = answered,
        });
        foreach (var part in parts)
        {
            part.Customer!.Handset.Receive(part, time.Now);
            if (ReadAtOnce)
            {
                Report(part, MessageStage.Read, answered);
            }
        }

        changes.Tell();
    }

    private void Report(OutboundMessage message, MessageStage stage, Task answered)
    {
        if (Next(message, stage, answered) is { } status)
        {
            pump.Enqueue(status);
        }
    }

    /// <returns>The status that tells of a stage; null when the message is there already, or past it.</returns>
    private WebhookItem? Next(OutboundMessage message, MessageStage stage, Task answered)
    {
        if (!message.TryReach(stage))
        {
            return null;
        }

        changes.Tell();
        var status = StageNames[(int)stage];
        return new()
        {
            Kind = "status:" + status,
            AccountId = message.Number.BusinessAccountId,
            Number = message.Number,
            MessageId = message.Id,
            Contact = stage == MessageStage.Failed ? null : message.Customer?.Contact(withUsername: stage is not MessageStage.Sent),
            Array = "statuses",
            Element = WebhookParts.Status(message, stage, status, time.Now),
            Ready = answered,
        };
    }

    private void After(TimeSpan delay, Action step)
    {
        if (delay == TimeSpan.Zero)
        {
            step();
            return;
        }

        time.Clock.CreateTimer(static step => ((Action)step!)(), step, delay, Timeout.InfiniteTimeSpan);
    }
}
