using System.Text;
using Microsoft.Extensions.Logging;
using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Sending;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession.Sequences;

/// <summary>Starts runs of sequences, and schedules messages.</summary>
internal sealed class SequenceStarts(
    ISequenceStore store,
    IConversationStore conversations,
    ISendStore sends,
    SequenceSet sequences,
    SequenceWrites writes,
    TimeProvider clock,
    HeardTime heard,
    ILogger<SequenceStarts> log)
{
    // Behind so many messages of the business the customer's last one is told by the window alone.
    private const int Looked = 20;

    /// <summary>Starts a sequence for a customer.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="name">The name of the sequence.</param>
    /// <param name="values">The values for its messages.</param>
    /// <param name="handled">The event that is being handled; null outside a handler.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">There is no such sequence, or a message that is made from the values cannot be sent.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public async Task<StartedSequence> StartAsync(
        ConversationKey conversation, string name, IReadOnlyDictionary<string, string> values, HandledEvent? handled, CancellationToken cancellationToken)
    {
        var (sequence, asked) = (sequences.Get(name), heard.Earliest);
        var id = handled is null ? IntentId.New() : IntentId.Naming(Encoding.UTF8.GetBytes($"sequence|{handled.Key}|{name}"));
        var anchor = handled?.Point ?? await FindNewestAsync(conversation, cancellationToken).ConfigureAwait(false);
        return await BeginAsync(sequence, id, new SequenceStart(conversation, values), anchor, asked, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts a sequence for a template that was delivered, unless the customer has answered it.</summary>
    public async Task StartAsync(SequenceDefinition sequence, DeliveryUpdated delivery, CancellationToken cancellationToken)
    {
        if ((delivery.Status != DeliveryStatus.Delivered && delivery.Status != DeliveryStatus.Read)
            || delivery.Intent is not { } intent
            || await sends.ReadSendAsync(intent, cancellationToken).ConfigureAwait(false) is not { Intent.Message: TemplateMessage template } send
            || !sequence.StartTemplates.TryGetValue(template.Name, out var values))
        {
            return;
        }

        // The conversation as the template went to it: a status may name the customer in another way.
        var start = new SequenceStart(send.Intent.Conversation, values(delivery));
        await StartUnansweredAsync(sequence, start, delivery.Evidence, $"{intent}", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts a sequence for a window that is about to close, unless the customer has written since.</summary>
    public Task StartAsync(SequenceDefinition sequence, ConversationKey conversation, Instant opened, CancellationToken cancellationToken) =>
        StartUnansweredAsync(
            sequence,
            new SequenceStart(conversation, new Dictionary<string, string>(StringComparer.Ordinal)),
            opened,
            FormattableString.Invariant($"closing|{conversation.Number}|{conversation.Party}|{opened.ToUnixTimeSeconds()}"),
            cancellationToken);

    /// <summary>Schedules a message.</summary>
    /// <returns>The id under which it is kept.</returns>
    public async Task<IntentId> ScheduleAsync(
        ConversationKey conversation, Message message, ScheduleOptions options, Instant at, HandledEvent? handled, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(options);
        var (asked, own) = (heard.Earliest, clock.GetInstant());
        var due = heard.ToDispatch(at);
        var step = new SequenceStep { Delay = at - own, DueAt = due, Message = message, OrTemplate = options.OrTemplate };
        SequenceChecks.ThrowIfWrong(step, conversation, "The scheduled message", nameof(message));

        // The same message for the same event is the same one, however often its handler runs, and however late.
        var id = handled?.NextScheduled() ?? IntentId.New();
        if (handled is not null && await store.FindSequenceAsync(id, cancellationToken).ConfigureAwait(false) is not null)
        {
            return id;
        }

        ThrowIfOutOfRange(at, own);
        var anchor = handled?.Point ?? (options.CancelWhenAnswered ? await FindNewestAsync(conversation, cancellationToken).ConfigureAwait(false) : null);
        var run = new SequenceRun
        {
            Id = id,
            Conversation = conversation,
            StartedAt = heard.ForDispatch,
            Anchor = anchor?.At,
            AnchorMessage = anchor?.Message,
            EndsOnAnswer = options.CancelWhenAnswered,
            Steps = [step],
            DueAt = due,
        };
        await store.StartSequenceAsync(run, asked, cancellationToken).ConfigureAwait(false);
        return id;
    }

    private static void ThrowIfOutOfRange(Instant at, Instant now)
    {
        if (at <= now || at > now + Duration.FromDays(SequenceChecks.MostDays))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The message is to go at {at}, and now it is {now}. Give a time in the future, at most ")
                + FormattableString.Invariant($"{SequenceChecks.MostDays} days from now; to send it now, use SendAsync."),
                nameof(at));
        }
    }

    /// <summary>Starts a sequence that an event of ours starts, once, unless the customer has written since.</summary>
    private async Task StartUnansweredAsync(
        SequenceDefinition sequence, SequenceStart start, Instant since, string cause, CancellationToken cancellationToken)
    {
        var (asked, anchor) = (heard.Earliest, new InboundPoint(since, Message: null));
        if (!await conversations.HasNewerInboundAsync(start.Conversation, anchor, cancellationToken).ConfigureAwait(false))
        {
            var id = IntentId.Naming(Encoding.UTF8.GetBytes($"{sequence.Name}|{cause}"));
            await BeginAsync(sequence, id, start, anchor, asked, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<StartedSequence> BeginAsync(
        SequenceDefinition sequence, IntentId id, SequenceStart start, InboundPoint? anchor, Instant asked, CancellationToken cancellationToken)
    {
        var now = heard.ForDispatch;
        var begun = sequence.Begin(id, start, now) with { Anchor = anchor?.At, AnchorMessage = anchor?.Message };
        var closesAt = await writes.FindClosingAsync(start.Conversation, cancellationToken).ConfigureAwait(false);
        var run = SequencePlan.Next(begun, now, closesAt, sequences.HoursOf(begun));
        var standing = await store.StartSequenceAsync(run, asked, cancellationToken).ConfigureAwait(false);
        if (standing is { EndsOnAnswer: true } other && other.Id != run.Id
            && await conversations.HasNewerInboundAsync(other.Conversation, other.Point, cancellationToken).ConfigureAwait(false))
        {
            // The customer has answered it: it is over, although its next step, which would notice, is not due yet.
            await writes.ChangeAsync(
                other, known => known.HasEnded ? null : SequencePlan.End(known, SequenceState.Answered, now), cancellationToken).ConfigureAwait(false);
            standing = await store.StartSequenceAsync(run, asked, cancellationToken).ConfigureAwait(false);
        }

        if (!ReferenceEquals(standing, run))
        {
            return new StartedSequence(standing ?? SequencePlan.End(run, SequenceState.Cancelled, now), IsNew: false);
        }

        log.SequenceStarted(sequence.Name, run.Id);
        return new StartedSequence(run, IsNew: true);
    }

    /// <summary>The newest event of the customer that is known; null when none is.</summary>
    private async Task<InboundPoint?> FindNewestAsync(ConversationKey conversation, CancellationToken cancellationToken)
    {
        var last = (await conversations.ReadAsync(conversation, cancellationToken).ConfigureAwait(false)).State.LastInbound;
        var lines = await conversations.ReadLogAsync(conversation, before: null, Looked, cancellationToken).ConfigureAwait(false);
        return lines.FirstOrDefault(static line => line.IsInbound) is { } line && !(line.At < last) ? new InboundPoint(line.At, line.MessageId)
            : last is { } at ? new InboundPoint(at, Message: null)
            : null;
    }
}
