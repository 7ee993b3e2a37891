using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using WhatsSession.Diagnostics;
using WhatsSession.Handling;
using WhatsSession.Options;
using WhatsSession.Sending;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>What a handler receives: an event, with the methods to answer it.</summary>
/// <typeparam name="TEvent">The type of the event.</typeparam>
/// <remarks>
/// It is made for one attempt of one handler. Do not use it after the handler returned. A reply is identified by its event, the name of the handler, and its
/// position among the replies of the handler. When the event is handled again, a reply that was sent, or may have been sent, is not sent again. Its first
/// outcome is returned, even if the reply has another text now. A reply that Meta certainly did not accept is sent again. A reply that meets a rate limit
/// waits for up to 2 seconds. After that, or when Meta or the store cannot be reached or the access token has expired, <see cref="ReplyPostponedException"/>
/// is thrown. The event is then handled again later, even if the handler catches the exception. This ends when the window of the event closes, or 24 hours
/// after the first attempt if the event opened no window or its window was already closed. The event is then parked, and the refusal is logged.
/// </remarks>
public sealed class Received<TEvent>
    where TEvent : WhatsAppEvent
{
    private readonly BusinessNumber? _number;

    // Null for one that was made outside a dispatch, as in a unit test.
    private readonly HandlerRun? _run;

    /// <summary>Makes the argument of a handler. The SDK does this for each attempt; you can do it in a unit test.</summary>
    /// <param name="received">The event.</param>
    /// <param name="number">The business number that the event belongs to; replies are sent from it. Null when the options do not name it.</param>
    /// <param name="services">The services of the handler's scope.</param>
    /// <param name="attempt">Which attempt it is: 1 for the first.</param>
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

    /// <summary>The event: a customer's message, a status, an alert or something else.</summary>
    public TEvent Message { get; }

    /// <summary>The business number it belongs to.</summary>
    /// <exception cref="InvalidOperationException">The event belongs to no number that the options name.</exception>
    public BusinessNumber Number => _number ?? throw new InvalidOperationException(
        Message.Number is { } id
            ? $"The event belongs to the phone_number_id {id}, which no number of the options has: add it to WhatsSession:Numbers."
            : "The event belongs to no business number.");

    /// <summary>
    /// The conversation it belongs to. What is sent through it counts as a bot's answer, unless the options name another author
    /// (<see cref="SendOptions.By"/>).
    /// </summary>
    /// <exception cref="InvalidOperationException">The event belongs to no conversation of a number that the options name.</exception>
    public Conversation Conversation =>
        Message.Conversation is { } key
            ? Number.ConversationInHandler(key, new HandledEvent(Message.Key, Point, _run is null ? IntentId.New : _run.NextScheduled))
            : throw new InvalidOperationException("The event belongs to no conversation.");

    /// <summary>The services of the scope made for this handler.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Which attempt this is: 1 for the first. Events are handled at least once.</summary>
    public int Attempt { get; }

    /// <summary>
    /// Whether code in this process waited for this message and got it (<see cref="Conversation.WaitForReplyAsync(TimeSpan, CancellationToken)"/>). It may be
    /// answered already. False after a restart and on another host.
    /// </summary>
    public bool WasAwaited => _run?.WasAwaited == true;

    // An alert has our time, which is never compared with Meta's: it goes by the customer's event that it is about.
    private InboundPoint Point => new(
        Message is WindowEvent alert ? alert.Opened : Message.Timestamp, Message is MessageReceived or Turn ? Message.About : null);

    private ILogger? Log => Services.GetService<ILogger<EventDispatcher>>();

    /// <summary>
    /// Whether the customer is known to have written, reacted or called since this event. Ask it before work that takes long. An answer that goes only if that
    /// is not so is sent with <see cref="SendOptions.OnlyIfNothingNewer"/>.
    /// </summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="InvalidOperationException">The event belongs to no conversation of a number that the options name.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public ValueTask<bool> IsOvertakenAsync(CancellationToken cancellationToken = default) => Conversation.IsOvertakenAsync(cancellationToken);

    /// <summary>Sends a text into the conversation, only once, even when the event is handled again.</summary>
    /// <param name="text">1 to 4,096 characters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The outcome. A refusal is logged as a warning.</returns>
    /// <exception cref="MessageRefusedException">The message was refused, and <see cref="WhatsSessionOptions.ThrowOnRefusal"/> is true.</exception>
    /// <exception cref="ReplyPostponedException">The message cannot be sent now; the event is handled again later. See the remarks of this type.</exception>
    public Task<SendOutcome> ReplyAsync(string text, CancellationToken cancellationToken = default) => ReplyAsync(new TextMessage(text), cancellationToken);

    /// <summary>Sends a session message into the conversation, only once, even when the event is handled again.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The outcome. A refusal is logged as a warning.</returns>
    /// <exception cref="MessageRefusedException">The message was refused, and <see cref="WhatsSessionOptions.ThrowOnRefusal"/> is true.</exception>
    /// <exception cref="ReplyPostponedException">The message cannot be sent now; the event is handled again later. See the remarks of this type.</exception>
    public Task<SendOutcome> ReplyAsync(SessionMessage message, CancellationToken cancellationToken = default) =>
        ReplyAsync(message, SendOptions.Default, cancellationToken);

    /// <summary>
    /// Sends a session message into the conversation, or the template when the window is closed: only once, even when the event is handled again.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="orTemplate">The template message to send instead; may be null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The outcome. A refusal is logged as a warning.</returns>
    /// <exception cref="MessageRefusedException">The message was refused, and <see cref="WhatsSessionOptions.ThrowOnRefusal"/> is true.</exception>
    /// <exception cref="ReplyPostponedException">The message cannot be sent now; the event is handled again later. See the remarks of this type.</exception>
    public Task<SendOutcome> ReplyAsync(SessionMessage message, TemplateMessage? orTemplate, CancellationToken cancellationToken = default) =>
        ReplyAsync(message, orTemplate is null ? SendOptions.Default : new SendOptions { OrTemplate = orTemplate }, cancellationToken);

    /// <summary>Sends a session message into the conversation with options, only once, even when the event is handled again.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">
    /// The options. With an <see cref="SendOptions.IdempotencyKey"/> the reply is identified by that key and not by its position among the replies of the
    /// handler. Use a key if the handler sends other replies on a retry, or sends replies concurrently.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The outcome. A refusal is logged as a warning.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or two contradict each other.</exception>
    /// <exception cref="MessageRefusedException">The message was refused, and <see cref="WhatsSessionOptions.ThrowOnRefusal"/> is true.</exception>
    /// <exception cref="ReplyPostponedException">The message cannot be sent now; the event is handled again later. See the remarks of this type.</exception>
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
        if (outcome.IsAccepted || outcome is SendOutcome.Overtaken)
        {
            // That it was overtaken is what the options asked to be told, and no refusal.
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
