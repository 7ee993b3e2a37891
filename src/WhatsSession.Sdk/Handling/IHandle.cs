namespace WhatsSession;

/// <summary>
/// A class that handles events of a type. Register it with <see cref="WhatsSessionBuilder.AddHandler{THandler}"/>. A class may handle several types.
/// </summary>
/// <typeparam name="TEvent">The type, such as <see cref="TextReceived"/>. With a base type you get all types derived from it.</typeparam>
public interface IHandle<TEvent>
    where TEvent : WhatsAppEvent
{
    /// <summary>Handles one event. If it throws, it may be called again for the same event.</summary>
    /// <param name="received">The event, with the methods to answer it.</param>
    /// <param name="cancellationToken">Cancelled when the handler runs too long or the host stops.</param>
    Task HandleAsync(Received<TEvent> received, CancellationToken cancellationToken = default);
}
