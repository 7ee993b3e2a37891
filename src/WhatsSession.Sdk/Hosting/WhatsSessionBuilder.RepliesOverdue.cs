// Written by eng/handler-overloads.sh: change tests/WhatsSession.Architecture/Overloads, and run it.
namespace WhatsSession;

public sealed partial class WhatsSessionBuilder
{
    /// <summary>
    /// Calls a handler for each customer who has waited for an answer for some time, once for each wait. Call it again with another time for another level.
    /// </summary>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue(TimeSpan after, Func<Received<ReplyOverdue>, CancellationToken, Task> handler) =>
        AddOverdue(name: null, after, ReplyOverdueOptions.Default, handler);

    /// <summary>
    /// Calls a handler for each customer who has waited for an answer for some time, once for each wait. Call it again with another time for another level.
    /// </summary>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue(TimeSpan after, Func<Received<ReplyOverdue>, Task> handler) =>
        AddOverdue(name: null, after, ReplyOverdueOptions.Default, WithoutToken(handler));

    /// <summary>
    /// Calls a handler for each customer who has waited for an answer for some time, once for each wait. Call it again with another time for another level.
    /// </summary>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue(NodaTime.Duration after, Func<Received<ReplyOverdue>, CancellationToken, Task> handler) =>
        AddOverdue(name: null, after, ReplyOverdueOptions.Default, handler);

    /// <summary>
    /// Calls a handler for each customer who has waited for an answer for some time, once for each wait. Call it again with another time for another level.
    /// </summary>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue(NodaTime.Duration after, Func<Received<ReplyOverdue>, Task> handler) =>
        AddOverdue(name: null, after, ReplyOverdueOptions.Default, WithoutToken(handler));

    /// <summary>
    /// Calls a handler for each customer who has waited for an answer for some time, once for each wait. Call it again with another time for another level.
    /// </summary>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="options">Which answers count, and which hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue(TimeSpan after, ReplyOverdueOptions options, Func<Received<ReplyOverdue>, CancellationToken, Task> handler) =>
        AddOverdue(name: null, after, options, handler);

    /// <summary>
    /// Calls a handler for each customer who has waited for an answer for some time, once for each wait. Call it again with another time for another level.
    /// </summary>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="options">Which answers count, and which hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue(TimeSpan after, ReplyOverdueOptions options, Func<Received<ReplyOverdue>, Task> handler) =>
        AddOverdue(name: null, after, options, WithoutToken(handler));

    /// <summary>
    /// Calls a named handler for each customer who has waited for an answer for some time, once for each wait. Call it again with another time for another
    /// level.
    /// </summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue(string name, TimeSpan after, Func<Received<ReplyOverdue>, CancellationToken, Task> handler) =>
        AddOverdue(Required(name), after, ReplyOverdueOptions.Default, handler);

    /// <summary>
    /// Calls a named handler for each customer who has waited for an answer for some time, once for each wait. Call it again with another time for another
    /// level.
    /// </summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue(string name, TimeSpan after, Func<Received<ReplyOverdue>, Task> handler) =>
        AddOverdue(Required(name), after, ReplyOverdueOptions.Default, WithoutToken(handler));

    /// <summary>
    /// Calls a named handler for each customer who has waited for an answer for some time, once for each wait. Call it again with another time for another
    /// level.
    /// </summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue(string name, NodaTime.Duration after, Func<Received<ReplyOverdue>, CancellationToken, Task> handler) =>
        AddOverdue(Required(name), after, ReplyOverdueOptions.Default, handler);

    /// <summary>
    /// Calls a named handler for each customer who has waited for an answer for some time, once for each wait. Call it again with another time for another
    /// level.
    /// </summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue(string name, NodaTime.Duration after, Func<Received<ReplyOverdue>, Task> handler) =>
        AddOverdue(Required(name), after, ReplyOverdueOptions.Default, WithoutToken(handler));

    /// <summary>
    /// Calls a named handler for each customer who has waited for an answer for some time, once for each wait. Call it again with another time for another
    /// level.
    /// </summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="options">Which answers count, and which hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue(
        string name, TimeSpan after, ReplyOverdueOptions options, Func<Received<ReplyOverdue>, CancellationToken, Task> handler) =>
        AddOverdue(Required(name), after, options, handler);

    /// <summary>
    /// Calls a named handler for each customer who has waited for an answer for some time, once for each wait. Call it again with another time for another
    /// level.
    /// </summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="options">Which answers count, and which hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue(string name, TimeSpan after, ReplyOverdueOptions options, Func<Received<ReplyOverdue>, Task> handler) =>
        AddOverdue(Required(name), after, options, WithoutToken(handler));

    /// <summary>
    /// Calls a handler with a service for each customer who has waited for an answer for some time, once for each wait. Call it again with another time for
    /// another level.
    /// </summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue<TService>(TimeSpan after, Func<Received<ReplyOverdue>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddOverdue(name: null, after, ReplyOverdueOptions.Default, With(handler));

    /// <summary>
    /// Calls a handler with a service for each customer who has waited for an answer for some time, once for each wait. Call it again with another time for
    /// another level.
    /// </summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue<TService>(NodaTime.Duration after, Func<Received<ReplyOverdue>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddOverdue(name: null, after, ReplyOverdueOptions.Default, With(handler));

    /// <summary>
    /// Calls a handler with a service for each customer who has waited for an answer for some time, once for each wait. Call it again with another time for
    /// another level.
    /// </summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="options">Which answers count, and which hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue<TService>(
        TimeSpan after, ReplyOverdueOptions options, Func<Received<ReplyOverdue>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddOverdue(name: null, after, options, With(handler));

    /// <summary>
    /// Calls a named handler with a service for each customer who has waited for an answer for some time, once for each wait. Call it again with another time
    /// for another level.
    /// </summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue<TService>(string name, TimeSpan after, Func<Received<ReplyOverdue>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddOverdue(Required(name), after, ReplyOverdueOptions.Default, With(handler));

    /// <summary>
    /// Calls a named handler with a service for each customer who has waited for an answer for some time, once for each wait. Call it again with another time
    /// for another level.
    /// </summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue<TService>(
        string name, NodaTime.Duration after, Func<Received<ReplyOverdue>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddOverdue(Required(name), after, ReplyOverdueOptions.Default, With(handler));

    /// <summary>
    /// Calls a named handler with a service for each customer who has waited for an answer for some time, once for each wait. Call it again with another time
    /// for another level.
    /// </summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="options">Which answers count, and which hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue<TService>(
        string name, TimeSpan after, ReplyOverdueOptions options, Func<Received<ReplyOverdue>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddOverdue(Required(name), after, options, With(handler));

    /// <summary>
    /// Calls a handler with two services for each customer who has waited for an answer for some time, once for each wait. Call it again with another time
    /// for another level.
    /// </summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue<TService1, TService2>(
        TimeSpan after, Func<Received<ReplyOverdue>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddOverdue(name: null, after, ReplyOverdueOptions.Default, With(handler));

    /// <summary>
    /// Calls a handler with two services for each customer who has waited for an answer for some time, once for each wait. Call it again with another time
    /// for another level.
    /// </summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue<TService1, TService2>(
        NodaTime.Duration after, Func<Received<ReplyOverdue>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddOverdue(name: null, after, ReplyOverdueOptions.Default, With(handler));

    /// <summary>
    /// Calls a handler with two services for each customer who has waited for an answer for some time, once for each wait. Call it again with another time
    /// for another level.
    /// </summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="options">Which answers count, and which hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue<TService1, TService2>(
        TimeSpan after, ReplyOverdueOptions options, Func<Received<ReplyOverdue>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddOverdue(name: null, after, options, With(handler));

    /// <summary>
    /// Calls a named handler with two services for each customer who has waited for an answer for some time, once for each wait. Call it again with another
    /// time for another level.
    /// </summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue<TService1, TService2>(
        string name, TimeSpan after, Func<Received<ReplyOverdue>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddOverdue(Required(name), after, ReplyOverdueOptions.Default, With(handler));

    /// <summary>
    /// Calls a named handler with two services for each customer who has waited for an answer for some time, once for each wait. Call it again with another
    /// time for another level.
    /// </summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue<TService1, TService2>(
        string name, NodaTime.Duration after, Func<Received<ReplyOverdue>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddOverdue(Required(name), after, ReplyOverdueOptions.Default, With(handler));

    /// <summary>
    /// Calls a named handler with two services for each customer who has waited for an answer for some time, once for each wait. Call it again with another
    /// time for another level.
    /// </summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="after">How long the customer must have waited: whole seconds, greater than zero, at most 7 days.</param>
    /// <param name="options">Which answers count, and which hours.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same alert.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is out of range.</exception>
    public WhatsSessionBuilder OnReplyOverdue<TService1, TService2>(
        string name, TimeSpan after, ReplyOverdueOptions options, Func<Received<ReplyOverdue>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddOverdue(Required(name), after, options, With(handler));
}
