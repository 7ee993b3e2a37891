// Written by eng/handler-overloads.sh: change tests/WhatsSession.Architecture/Overloads, and run it.
namespace WhatsSession;

public sealed partial class WhatsSessionBuilder
{
    /// <summary>Calls a handler for each tap on the button with an id, or on a template's quick reply with this payload.</summary>
    /// <param name="buttonId">The id of the reply button, or the payload of the quick reply.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnButton(string buttonId, Func<Received<ButtonReplied>, CancellationToken, Task> handler) =>
        Add(name: null, MessageFilter.Button(buttonId), handler);

    /// <summary>Calls a handler for each tap on the button with an id, or on a template's quick reply with this payload.</summary>
    /// <param name="buttonId">The id of the reply button, or the payload of the quick reply.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnButton(string buttonId, Func<Received<ButtonReplied>, Task> handler) =>
        Add(name: null, MessageFilter.Button(buttonId), WithoutToken(handler));

    /// <summary>Calls a handler with a service for each tap on the button with an id, or on a template's quick reply with this payload.</summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="buttonId">The id of the reply button, or the payload of the quick reply.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnButton<TService>(string buttonId, Func<Received<ButtonReplied>, TService, CancellationToken, Task> handler)
        where TService : notnull => Add(name: null, MessageFilter.Button(buttonId), With(handler));

    /// <summary>Calls a handler with two services for each tap on the button with an id, or on a template's quick reply with this payload.</summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="buttonId">The id of the reply button, or the payload of the quick reply.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same message.</param>
    public WhatsSessionBuilder OnButton<TService1, TService2>(
        string buttonId, Func<Received<ButtonReplied>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => Add(name: null, MessageFilter.Button(buttonId), With(handler));
}
