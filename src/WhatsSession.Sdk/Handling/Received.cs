using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsSession.Diagnostics;
using WhatsSession.Options;

namespace WhatsSession;

/// <summary>What a handler receives: an event, and what it takes to answer it.</summary>
/// <typeparam name="TEvent">The type of the event.</typeparam>
/// <remarks>Made for one try of one handler. Not for use after the handler returned.</remarks>
public sealed class Received<TEvent>
    where TEvent : WhatsAppEvent
{
    private readonly WhatsSessionSettings _settings;
    private readonly BusinessNumber? _number;

    internal Received(TEvent received, BusinessNumber? number, WhatsSessionSettings settings, IServiceProvider services, int attempt)
    {
        Event = received;
        _number = number;
        _settings = settings;
        Services = services;
        Attempt = attempt;
    }

    /// <summary>The event.</summary>
    public TEvent Event { get; }

    /// <summary>The event by the name that reads well for messages; the same object as <see cref="Event"/>.</summary>
    public TEvent Message => Event;

    /// <summary>The business number it belongs to.</summary>
    /// <exception cref="InvalidOperationException">The event belongs to no number that the options name.</exception>
    public BusinessNumber Number => _number ?? throw new InvalidOperationException("The event belongs to no business number that the options name.");

    /// <summary>The conversation it belongs to.</summary>
    /// <exception cref="InvalidOperationException">The event belongs to no conversation of a number that the options name.</exception>
    public Conversation Conversation =>
        Event.Conversation is { } key ? Number.Conversation(key) : throw new InvalidOperationException("The event belongs to no conversation.");

    /// <summary>The services of the scope made for this handler.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Which try this is: 1 for the first. Events are handled at least once.</summary>
    public int Attempt { get; }

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
    public Task<SendOutcome> ReplyAsync(SessionMessage message, CancellationToken cancellationToken = default) => ReplyAsync(message, orTemplate: null, cancellationToken);

    /// <summary>Sends a session message into the conversation, or the template when the window is closed.</summary>
    /// <param name="message">The message.</param>
    /// <param name="orTemplate">The template message to send instead; may be null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What became of it. A refusal is logged as a warning.</returns>
    /// <exception cref="MessageRefusedException">It was refused and the options say <see cref="WhatsSessionOptions.ThrowOnRefusal"/>.</exception>
    public async Task<SendOutcome> ReplyAsync(SessionMessage message, TemplateMessage? orTemplate, CancellationToken cancellationToken = default)
    {
        var outcome = await Conversation.SendAsync(message, orTemplate, cancellationToken).ConfigureAwait(false);
        return Judge(outcome);
    }

    /// <summary>Logs a refusal, and throws it where the options say so.</summary>
    internal SendOutcome Judge(SendOutcome outcome)
    {
        if (!outcome.IsAccepted)
        {
            Services.GetRequiredService<ILogger<WhatsSessionRuntime>>().ReplyRefused(outcome);
        }

        return _settings.ThrowOnRefusal ? outcome.EnsureAccepted() : outcome;
    }

    /// <summary>Logs why a call that posts no message failed.</summary>
    internal void Note(GraphError? error)
    {
        if (error is not null)
        {
            Services.GetRequiredService<ILogger<WhatsSessionRuntime>>().CallFailed(error);
        }
    }
}
