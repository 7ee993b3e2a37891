namespace WhatsSession;

/// <summary>
/// A class that handles events of a type; registered with <see cref="WhatsSessionBuilder.AddHandler{THandler}"/>. A class may handle several types.
/// </summary>
/// <typeparam name="TEvent">The type, such as <see cref="TextReceived"/>; a base type takes all kinds below it.</typeparam>
public interface IHandle<TEvent>
    where TEvent : WhatsAppEvent
{
    /// <summary>Handles one event. It may be called again for the same event when it threw.</summary>
    /// <param name="received">The event, and what it takes to answer it.</param>
    /// <param name="cancellationToken">Cancelled when the handler has run too long or the host ends.</param>
    Task HandleAsync(Received<TEvent> received, CancellationToken cancellationToken = default);
}
