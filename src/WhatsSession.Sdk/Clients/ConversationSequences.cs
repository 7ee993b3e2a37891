using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>Follow-up sequences and scheduled messages of a <see cref="Conversation"/>.</summary>
public static class ConversationSequences
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Starts a follow-up sequence without values. See
    /// <see cref="StartSequenceAsync(Conversation, string, IReadOnlyDictionary{string, string}, CancellationToken)"/>.
    /// </summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="name">The name that the sequence has in <c>AddSequence</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">There is no sequence of this name.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public static Task<StartedSequence> StartSequenceAsync(this Conversation conversation, string name, CancellationToken cancellationToken = default) =>
        StartSequenceAsync(conversation, name, None, cancellationToken);

    /// <summary>
    /// Starts a follow-up sequence for the customer. It ends when the customer writes, reacts or calls; when the customer wants no more messages; or when it is
    /// cancelled. A customer has one run of a sequence at a time: a second start returns the one that is there.
    /// </summary>
    /// <param name="conversation">
    /// The conversation. Taken from the argument of a handler, anything that is newer than the handler's event ends the run. It is then started once for that
    /// event, also when the event is handled again.
    /// </param>
    /// <param name="name">The name that the sequence has in <c>AddSequence</c>.</param>
    /// <param name="values">The values from which its messages are made. They are stored with the run.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The run, and whether it is new.</returns>
    /// <exception cref="ArgumentException">
    /// There is no sequence of this name, or a message or the time zone that is made from the values is wrong. The message names the step and the fix.
    /// </exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public static Task<StartedSequence> StartSequenceAsync(
        this Conversation conversation, string name, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(values);
        return conversation.Inside.Parts.SequenceStarts.StartAsync(conversation.Key, name, values, conversation.Inside.Handled, cancellationToken);
    }

    /// <summary>
    /// Reads the runs of sequences and the scheduled messages of the customer, oldest first. Those that ended within the last 8 days are among them.
    /// </summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <exception cref="StoreUnavailableException">While reading: the store cannot be reached.</exception>
    public static IAsyncEnumerable<SequenceRun> ReadSequencesAsync(this Conversation conversation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var runs = conversation.Inside.Parts.SequenceRuns;
        return ListPage.ReadAllAsync<SequenceRun>((after, token) => runs.ListAsync(conversation.Key, after, token), cancellationToken);
    }

    /// <summary>Cancels the run of a sequence for the customer.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="name">The name of the sequence. It need not exist any more.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it ran or was paused.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public static async Task<bool> CancelSequenceAsync(this Conversation conversation, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(name);
        var runs = conversation.Inside.Parts.SequenceRuns;
        return await runs.EndAsync(conversation.Key, run => run.Sequence == name, SequenceState.Cancelled, cancellationToken).ConfigureAwait(false) > 0;
    }

    /// <summary>Sends a message at a later time, whatever the customer does until then. It survives a restart if the store does.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="message">The message. One that needs the customer service window is left out if the window is closed at that time.</param>
    /// <param name="at">When: in the future, at most 366 days from now.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Its id, for <see cref="CancelScheduledAsync"/> and <see cref="SequenceRuns.FindAsync"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="at"/> is out of range, or the message cannot be sent.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public static Task<IntentId> ScheduleAsync(this Conversation conversation, Message message, Instant at, CancellationToken cancellationToken = default) =>
        ScheduleAsync(conversation, message, new ScheduleOptions(), at, cancellationToken);

    /// <summary>Sends a session message at a later time, or the template if the window is closed then.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="message">The message.</param>
    /// <param name="orTemplate">The template to send when the window is closed; may be null.</param>
    /// <param name="at">When: in the future, at most 366 days from now.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Its id, for <see cref="CancelScheduledAsync"/> and <see cref="SequenceRuns.FindAsync"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="at"/> is out of range, or a message cannot be sent.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public static Task<IntentId> ScheduleAsync(
        this Conversation conversation, SessionMessage message, TemplateMessage? orTemplate, Instant at, CancellationToken cancellationToken = default) =>
        ScheduleAsync(conversation, message, new ScheduleOptions { OrTemplate = orTemplate }, at, cancellationToken);

    /// <summary>Sends a message at a later time, with options.</summary>
    /// <param name="conversation">
    /// The conversation. Taken from the argument of a handler, the message is scheduled once, also when the event is handled again: it is known by the handler
    /// and its position among the messages that the handler schedules.
    /// </param>
    /// <param name="message">The message. Content must be uploaded already.</param>
    /// <param name="options">The options.</param>
    /// <param name="at">When: in the future, at most 366 days from now. It is left out if it could not be sent for a day.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Its id, for <see cref="CancelScheduledAsync"/> and <see cref="SequenceRuns.FindAsync"/>.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="at"/> is out of range, or a message cannot be sent. The text names the value and the fix.
    /// </exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public static Task<IntentId> ScheduleAsync(
        this Conversation conversation, Message message, ScheduleOptions options, Instant at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return conversation.Inside.Parts.SequenceStarts.ScheduleAsync(conversation.Key, message, options, at, conversation.Inside.Handled, cancellationToken);
    }

    /// <summary>Cancels a scheduled message.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="scheduled">Its id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when the customer has no such message that waits, for example because it was sent or cancelled already.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public static async Task<bool> CancelScheduledAsync(this Conversation conversation, IntentId scheduled, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var runs = conversation.Inside.Parts.SequenceRuns;
        return await runs.EndAsync(conversation.Key, run => run.Id == scheduled, SequenceState.Cancelled, cancellationToken).ConfigureAwait(false) > 0;
    }
}
