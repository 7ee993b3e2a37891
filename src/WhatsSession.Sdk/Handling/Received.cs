using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Handling;
using WhatsSession.Options;
using WhatsSession.Sending;

namespace WhatsSession;

/// <summary>What a handler receives: an event, and what it takes to answer it.</summary>
/// <typeparam name="TEvent">The type of the event.</typeparam>
/// <remarks>
/// Made for one try of one handler. Not for use after the handler returned.
/// A reply is known by its event, the name of the handler, and its place among the replies of the handler. When the event is handled again, a reply that was
/// made, or may have been, is not made again: its outcome is returned, whatever the reply says by then. One that Meta surely did not accept is made again.
/// A reply that meets a rate limit waits for up to 2 seconds in its place. After that, and when Meta or the store cannot be reached or the access token
/// expired, <see cref="ReplyPostponedException"/> is thrown, and the event is handled again later, also when the handler catches it; at the latest when the
/// window of the event closes (24 hours after the first time where it opened none, or that was over by then) it is set aside, and the refusal is logged.
/// </remarks>
public sealed class Received<TEvent>
    where TEvent : WhatsAppEvent
{
    private readonly BusinessNumber? _number;

    // Null for one that was made outside a dispatch, as in a unit test.
    private readonly HandlerRun? _run;

    /// <summary>Makes what a handler receives, as the SDK does for each try; a unit test may make it too.</summary>
    /// <param name="received">The event.</param>
    /// <param name="number">The business number that the event belongs to, to reply with; null when the options do not name it.</param>
    /// <param name="services">The services of the handler's scope.</param>
    /// <param name="attempt">Which try it is: 1 for the first.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="attempt"/> is less than 1.</exception>
    public Received(TEvent received, BusinessNumber? number, IServiceProvider services, int attempt)
    {
        ArgumentNullException.ThrowIfNull(received);
        ArgumentNullException.ThrowIfNull(services);
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        Message = received;
        _number = number;
        Services = services;
        Attempt = attempt;
    }

    internal Received(TEvent received, BusinessNumber? number, IServiceProvider services, HandlerRun run)
        : this(received, number, services, run.Attempt) => _run = run;

    /// <summary>The event: a customer's message, a status, an alert or another one.</summary>
    public TEvent Message { get; }

    /// <summary>The business number it belongs to.</summary>
    /// <exception cref="InvalidOperationException">The event belongs to no number that the options name.</exception>
    public BusinessNumber Number => _number ?? throw new InvalidOperationException(
        Message.Number is { } id
            ? $"The event belongs to the phone_number_id {id}, which no number of the options has: add it to WhatsSession:Numbers."
            : "The event belongs to no business number.");

    /// <summary>
    /// The conversation it belongs to. What is sent by it is a bot's answer, unless the options name somebody else (<see cref="SendOptions.By"/>).
    /// </summary>
    /// <exception cref="InvalidOperationException">The event belongs to no conversation of a number that the options name.</exception>
    public Conversation Conversation =>
        Message.Conversation is { } key
            ? Number.ConversationInHandler(key, (Message as MessageReceived)?.MessageId)
            : throw new InvalidOperationException("The event belongs to no conversation.");

    /// <summary>The services of the scope made for this handler.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Which try this is: 1 for the first. Events are handled at least once.</summary>
    public int Attempt { get; }

    /// <summary>
    /// Whether it is a message that code of this process waited for and got
    /// (<see cref="Conversation.WaitForReplyAsync(TimeSpan, CancellationToken)"/>), so that it may be answered already. False after a restart,
    /// and on another host.
    /// </summary>
    public bool WasAwaited => _run?.WasAwaited == true;

    private ILogger? Log => Services.GetService<ILogger<EventDispatcher>>();

    /// <summary>Sends a text into the conversation, once however often the event is handled.</summary>
    /// <param name="text">1 to 4,096 characters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What became of it. A refusal is logged as a warning.</returns>
    /// <exception cref="MessageRefusedException">It was refused and the options say <see cref="WhatsSessionOptions.ThrowOnRefusal"/>.</exception>
    /// <exception cref="ReplyPostponedException">It cannot go now: the event is handled again later. See the remarks of this type.</exception>
    public Task<SendOutcome> ReplyAsync(string text, CancellationToken cancellationToken = default) => ReplyAsync(new TextMessage(text), cancellationToken);

    /// <summary>Sends a session message into the conversation, once however often the event is handled.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What became of it. A refusal is logged as a warning.</returns>
    /// <exception cref="MessageRefusedException">It was refused and the options say <see cref="WhatsSessionOptions.ThrowOnRefusal"/>.</exception>
    /// <exception cref="ReplyPostponedException">It cannot go now: the event is handled again later. See the remarks of this type.</exception>
    public Task<SendOutcome> ReplyAsync(SessionMessage message, CancellationToken cancellationToken = default) =>
        ReplyAsync(message, SendOptions.Default, cancellationToken);

    /// <summary>Sends a session message into the conversation, or the template when the window is closed: once however often the event is handled.</summary>
    /// <param name="message">The message.</param>
    /// <param name="orTemplate">The template message to send instead; may be null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What became of it. A refusal is logged as a warning.</returns>
    /// <exception cref="MessageRefusedException">It was refused and the options say <see cref="WhatsSessionOptions.ThrowOnRefusal"/>.</exception>
    /// <exception cref="ReplyPostponedException">It cannot go now: the event is handled again later. See the remarks of this type.</exception>
    public Task<SendOutcome> ReplyAsync(SessionMessage message, TemplateMessage? orTemplate, CancellationToken cancellationToken = default) =>
        ReplyAsync(message, orTemplate is null ? SendOptions.Default : new SendOptions { OrTemplate = orTemplate }, cancellationToken);

    /// <summary>Sends a session message into the conversation with options, once however often the event is handled.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">
    /// The options. With an <see cref="SendOptions.IdempotencyKey"/> the reply is known by that, and not by its place among the replies of the handler: for
    /// handlers that decide by what changes between tries, or reply concurrently.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What became of it. A refusal is logged as a warning.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or two contradict each other.</exception>
    /// <exception cref="MessageRefusedException">It was refused and the options say <see cref="WhatsSessionOptions.ThrowOnRefusal"/>.</exception>
    /// <exception cref="ReplyPostponedException">It cannot go now: the event is handled again later. See the remarks of this type.</exception>
    public async Task<SendOutcome> ReplyAsync(SessionMessage message, SendOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var conversation = Conversation;

        // It answers this event, and not what the customer has written since. Of an event that is no customer's it answers what is known when it goes.
        options = Message.Opener is null ? options : options with { Answers = Message.Timestamp };
        if (_run is null)
        {
            return Judge(await conversation.SendAsync(message, options, cancellationToken).ConfigureAwait(false));
        }

        // Taken before anything is awaited: the ids go by the order in which the handler asked.
        var id = options.IdempotencyKey is null ? _run.NextReply() : IntentId.New();
        SendOutcome outcome;
        try
        {
            outcome = await conversation.ReplyAsync(message, options, id, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreUnavailableException exception)
        {
            throw Postpone(_run, new SendOutcome.WindowClosed { Reason = WindowClosedReason.Unknown }, retryAt: null, exception);
        }

        return Postponement.IsCalledForBy(outcome, out var retryAt) ? throw Postpone(_run, outcome, retryAt) : Judge(outcome);
    }

    /// <summary>Logs why a call that posts no message failed.</summary>
    internal void Note(GraphError? error)
    {
        if (error is not null)
        {
            Log?.CallFailed(error.ToString(), error.Advice.Text);
        }
    }

    private ReplyPostponedException Postpone(HandlerRun run, SendOutcome outcome, Instant? retryAt, Exception? innerException = null)
    {
        Log?.ReplyPostponed(outcome.Describe());
        return run.Postpone(outcome, retryAt, innerException);
    }

    /// <summary>Logs a refusal, or throws it where the options say so.</summary>
    private SendOutcome Judge(SendOutcome outcome)
    {
        if (outcome.IsAccepted)
        {
            return outcome;
        }

        if (Services.GetService<WhatsSessionSettings>() is { ThrowOnRefusal: true })
        {
            // The exception tells it, where the handler lets it pass.
            return outcome.EnsureAccepted();
        }

        Log?.ReplyRefused(outcome.Describe());
        return outcome;
    }
}
