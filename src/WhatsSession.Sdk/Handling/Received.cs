using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsSession.Diagnostics;
using WhatsSession.Handling;
using WhatsSession.Options;

namespace WhatsSession;

/// <summary>What a handler receives: an event, and what it takes to answer it.</summary>
/// <typeparam name="TEvent">The type of the event.</typeparam>
/// <remarks>Made for one try of one handler. Not for use after the handler returned.</remarks>
public sealed class Received<TEvent>
    where TEvent : WhatsAppEvent
{
    private readonly BusinessNumber? _number;

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
        Event = received;
        _number = number;
        Services = services;
        Attempt = attempt;
    }

    /// <summary>The event.</summary>
    public TEvent Event { get; }

    /// <summary>The event by the name that reads well for messages; the same object as <see cref="Event"/>.</summary>
    public TEvent Message => Event;

    /// <summary>The business number it belongs to.</summary>
    /// <exception cref="InvalidOperationException">The event belongs to no number that the options name.</exception>
    public BusinessNumber Number => _number ?? throw new InvalidOperationException(
        Event.Number is { } id
            ? $"The event belongs to the phone_number_id {id}, which no number of the options has: add it to Numbers."
            : "The event belongs to no business number.");

    /// <summary>
    /// The conversation it belongs to. What is sent by it is a bot's answer, unless the options name somebody else (<see cref="SendOptions.By"/>).
    /// </summary>
    /// <exception cref="InvalidOperationException">The event belongs to no conversation of a number that the options name.</exception>
    public Conversation Conversation =>
        Event.Conversation is { } key ? Number.ConversationInHandler(key) : throw new InvalidOperationException("The event belongs to no conversation.");

    /// <summary>The services of the scope made for this handler.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Which try this is: 1 for the first. Events are handled at least once.</summary>
    public int Attempt { get; }

    private ILogger? Log => Services.GetService<ILogger<EventDispatcher>>();

    /// <summary>Sends a text into the conversation.</summary>
    /// <param name="text">1 to 4,096 characters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What became of it. A refusal is logged as a warning.</returns>
    /// <exception cref="MessageRefusedException">It was refused and the options say <see cref="WhatsSessionOptions.ThrowOnRefusal"/>.</exception>
    public Task<SendOutcome> ReplyAsync(string text, CancellationToken cancellationToken = default) => ReplyAsync(new TextMessage(text), cancellationToken);

    /// <summary>Sends a session message into the conversation.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What became of it. A refusal is logged as a warning.</returns>
    /// <exception cref="MessageRefusedException">It was refused and the options say <see cref="WhatsSessionOptions.ThrowOnRefusal"/>.</exception>
    public Task<SendOutcome> ReplyAsync(SessionMessage message, CancellationToken cancellationToken = default) =>
        ReplyAsync(message, orTemplate: null, cancellationToken);

    /// <summary>Sends a session message into the conversation, or the template when the window is closed.</summary>
    /// <param name="message">The message.</param>
    /// <param name="orTemplate">The template message to send instead; may be null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What became of it. A refusal is logged as a warning.</returns>
    /// <exception cref="MessageRefusedException">It was refused and the options say <see cref="WhatsSessionOptions.ThrowOnRefusal"/>.</exception>
    public async Task<SendOutcome> ReplyAsync(SessionMessage message, TemplateMessage? orTemplate, CancellationToken cancellationToken = default)
    {
        // It answers this event, and not what the customer has written since. Of an event that is no customer's it answers what is known when it goes.
        var options = SendOptions.InHandler with { OrTemplate = orTemplate, Answers = Event.Opener is null ? null : Event.Timestamp };
        var outcome = await Conversation.SendAsync(message, options, cancellationToken).ConfigureAwait(false);
        return Judge(outcome);
    }

    /// <summary>Logs a refusal, and throws it where the options say so.</summary>
    internal SendOutcome Judge(SendOutcome outcome)
    {
        if (outcome.IsAccepted)
        {
            return outcome;
        }

        Log?.ReplyRefused(outcome);
        return Services.GetService<WhatsSessionSettings>() is { ThrowOnRefusal: true } ? outcome.EnsureAccepted() : outcome;
    }

    /// <summary>Logs why a call that posts no message failed.</summary>
    internal void Note(GraphError? error)
    {
        if (error is not null)
        {
            Log?.CallFailed(error);
        }
    }
}
