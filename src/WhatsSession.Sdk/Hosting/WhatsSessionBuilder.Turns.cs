// Written by eng/handler-overloads.sh: change tests/WhatsSession.Architecture/Overloads, and run it.
namespace WhatsSession;

public sealed partial class WhatsSessionBuilder
{
    /// <summary>
    /// Calls a handler for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or the answer to a flow.
    /// It waits until the customer has been quiet for 2 seconds, at most 10 seconds after the first message.
    /// </summary>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    public WhatsSessionBuilder OnTurn(Func<Received<Turn>, CancellationToken, Task> handler) =>
        AddTurn(name: null, DefaultQuiet, DefaultAtMost, handler);

    /// <summary>
    /// Calls a handler for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or the answer to a flow.
    /// It waits until the customer has been quiet for 2 seconds, at most 10 seconds after the first message.
    /// </summary>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    public WhatsSessionBuilder OnTurn(Func<Received<Turn>, Task> handler) =>
        AddTurn(name: null, DefaultQuiet, DefaultAtMost, WithoutToken(handler));

    /// <summary>
    /// Calls a handler for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or the answer to a flow.
    /// </summary>
    /// <param name="quiet">How long the customer must have been quiet: greater than zero.</param>
    /// <param name="atMost">How long a turn waits after its first message at most: not less than <paramref name="quiet"/>, and at most an hour.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    public WhatsSessionBuilder OnTurn(TimeSpan quiet, TimeSpan atMost, Func<Received<Turn>, CancellationToken, Task> handler) =>
        AddTurn(name: null, quiet, atMost, handler);

    /// <summary>
    /// Calls a handler for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or the answer to a flow.
    /// </summary>
    /// <param name="quiet">How long the customer must have been quiet: greater than zero.</param>
    /// <param name="atMost">How long a turn waits after its first message at most: not less than <paramref name="quiet"/>, and at most an hour.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    public WhatsSessionBuilder OnTurn(TimeSpan quiet, TimeSpan atMost, Func<Received<Turn>, Task> handler) =>
        AddTurn(name: null, quiet, atMost, WithoutToken(handler));

    /// <summary>
    /// Calls a handler for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or the answer to a flow.
    /// </summary>
    /// <param name="quiet">How long the customer must have been quiet: greater than zero.</param>
    /// <param name="atMost">How long a turn waits after its first message at most: not less than <paramref name="quiet"/>, and at most an hour.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    public WhatsSessionBuilder OnTurn(NodaTime.Duration quiet, NodaTime.Duration atMost, Func<Received<Turn>, CancellationToken, Task> handler) =>
        AddTurn(name: null, quiet, atMost, handler);

    /// <summary>
    /// Calls a handler for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or the answer to a flow.
    /// </summary>
    /// <param name="quiet">How long the customer must have been quiet: greater than zero.</param>
    /// <param name="atMost">How long a turn waits after its first message at most: not less than <paramref name="quiet"/>, and at most an hour.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    public WhatsSessionBuilder OnTurn(NodaTime.Duration quiet, NodaTime.Duration atMost, Func<Received<Turn>, Task> handler) =>
        AddTurn(name: null, quiet, atMost, WithoutToken(handler));

    /// <summary>
    /// Calls a named handler for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or the answer to a
    /// flow. It waits until the customer has been quiet for 2 seconds, at most 10 seconds after the first message.
    /// </summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnTurn(string name, Func<Received<Turn>, CancellationToken, Task> handler) =>
        AddTurn(Required(name), DefaultQuiet, DefaultAtMost, handler);

    /// <summary>
    /// Calls a named handler for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or the answer to a
    /// flow. It waits until the customer has been quiet for 2 seconds, at most 10 seconds after the first message.
    /// </summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnTurn(string name, Func<Received<Turn>, Task> handler) =>
        AddTurn(Required(name), DefaultQuiet, DefaultAtMost, WithoutToken(handler));

    /// <summary>
    /// Calls a named handler for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or the answer to a
    /// flow.
    /// </summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="quiet">How long the customer must have been quiet: greater than zero.</param>
    /// <param name="atMost">How long a turn waits after its first message at most: not less than <paramref name="quiet"/>, and at most an hour.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    public WhatsSessionBuilder OnTurn(string name, TimeSpan quiet, TimeSpan atMost, Func<Received<Turn>, CancellationToken, Task> handler) =>
        AddTurn(Required(name), quiet, atMost, handler);

    /// <summary>
    /// Calls a named handler for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or the answer to a
    /// flow.
    /// </summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="quiet">How long the customer must have been quiet: greater than zero.</param>
    /// <param name="atMost">How long a turn waits after its first message at most: not less than <paramref name="quiet"/>, and at most an hour.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    public WhatsSessionBuilder OnTurn(string name, TimeSpan quiet, TimeSpan atMost, Func<Received<Turn>, Task> handler) =>
        AddTurn(Required(name), quiet, atMost, WithoutToken(handler));

    /// <summary>
    /// Calls a named handler for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or the answer to a
    /// flow.
    /// </summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="quiet">How long the customer must have been quiet: greater than zero.</param>
    /// <param name="atMost">How long a turn waits after its first message at most: not less than <paramref name="quiet"/>, and at most an hour.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    public WhatsSessionBuilder OnTurn(string name, NodaTime.Duration quiet, NodaTime.Duration atMost, Func<Received<Turn>, CancellationToken, Task> handler) =>
        AddTurn(Required(name), quiet, atMost, handler);

    /// <summary>
    /// Calls a named handler for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or the answer to a
    /// flow.
    /// </summary>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="quiet">How long the customer must have been quiet: greater than zero.</param>
    /// <param name="atMost">How long a turn waits after its first message at most: not less than <paramref name="quiet"/>, and at most an hour.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    public WhatsSessionBuilder OnTurn(string name, NodaTime.Duration quiet, NodaTime.Duration atMost, Func<Received<Turn>, Task> handler) =>
        AddTurn(Required(name), quiet, atMost, WithoutToken(handler));

    /// <summary>
    /// Calls a handler with a service for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or the
    /// answer to a flow. It waits until the customer has been quiet for 2 seconds, at most 10 seconds after the first message.
    /// </summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    public WhatsSessionBuilder OnTurn<TService>(Func<Received<Turn>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddTurn(name: null, DefaultQuiet, DefaultAtMost, With(handler));

    /// <summary>
    /// Calls a handler with a service for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or the
    /// answer to a flow.
    /// </summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="quiet">How long the customer must have been quiet: greater than zero.</param>
    /// <param name="atMost">How long a turn waits after its first message at most: not less than <paramref name="quiet"/>, and at most an hour.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    public WhatsSessionBuilder OnTurn<TService>(TimeSpan quiet, TimeSpan atMost, Func<Received<Turn>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddTurn(name: null, quiet, atMost, With(handler));

    /// <summary>
    /// Calls a handler with a service for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or the
    /// answer to a flow.
    /// </summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="quiet">How long the customer must have been quiet: greater than zero.</param>
    /// <param name="atMost">How long a turn waits after its first message at most: not less than <paramref name="quiet"/>, and at most an hour.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    public WhatsSessionBuilder OnTurn<TService>(
        NodaTime.Duration quiet, NodaTime.Duration atMost, Func<Received<Turn>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddTurn(name: null, quiet, atMost, With(handler));

    /// <summary>
    /// Calls a named handler with a service for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or
    /// the answer to a flow. It waits until the customer has been quiet for 2 seconds, at most 10 seconds after the first message.
    /// </summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnTurn<TService>(string name, Func<Received<Turn>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddTurn(Required(name), DefaultQuiet, DefaultAtMost, With(handler));

    /// <summary>
    /// Calls a named handler with a service for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or
    /// the answer to a flow.
    /// </summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="quiet">How long the customer must have been quiet: greater than zero.</param>
    /// <param name="atMost">How long a turn waits after its first message at most: not less than <paramref name="quiet"/>, and at most an hour.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    public WhatsSessionBuilder OnTurn<TService>(
        string name, TimeSpan quiet, TimeSpan atMost, Func<Received<Turn>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddTurn(Required(name), quiet, atMost, With(handler));

    /// <summary>
    /// Calls a named handler with a service for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or
    /// the answer to a flow.
    /// </summary>
    /// <typeparam name="TService">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="quiet">How long the customer must have been quiet: greater than zero.</param>
    /// <param name="atMost">How long a turn waits after its first message at most: not less than <paramref name="quiet"/>, and at most an hour.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    public WhatsSessionBuilder OnTurn<TService>(
        string name, NodaTime.Duration quiet, NodaTime.Duration atMost, Func<Received<Turn>, TService, CancellationToken, Task> handler)
        where TService : notnull => AddTurn(Required(name), quiet, atMost, With(handler));

    /// <summary>
    /// Calls a handler with two services for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or the
    /// answer to a flow. It waits until the customer has been quiet for 2 seconds, at most 10 seconds after the first message.
    /// </summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    public WhatsSessionBuilder OnTurn<TService1, TService2>(Func<Received<Turn>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddTurn(name: null, DefaultQuiet, DefaultAtMost, With(handler));

    /// <summary>
    /// Calls a handler with two services for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or the
    /// answer to a flow.
    /// </summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="quiet">How long the customer must have been quiet: greater than zero.</param>
    /// <param name="atMost">How long a turn waits after its first message at most: not less than <paramref name="quiet"/>, and at most an hour.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    public WhatsSessionBuilder OnTurn<TService1, TService2>(
        TimeSpan quiet, TimeSpan atMost, Func<Received<Turn>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddTurn(name: null, quiet, atMost, With(handler));

    /// <summary>
    /// Calls a handler with two services for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or the
    /// answer to a flow.
    /// </summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="quiet">How long the customer must have been quiet: greater than zero.</param>
    /// <param name="atMost">How long a turn waits after its first message at most: not less than <paramref name="quiet"/>, and at most an hour.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    public WhatsSessionBuilder OnTurn<TService1, TService2>(
        NodaTime.Duration quiet, NodaTime.Duration atMost, Func<Received<Turn>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddTurn(name: null, quiet, atMost, With(handler));

    /// <summary>
    /// Calls a named handler with two services for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap
    /// or the answer to a flow. It waits until the customer has been quiet for 2 seconds, at most 10 seconds after the first message.
    /// </summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    public WhatsSessionBuilder OnTurn<TService1, TService2>(string name, Func<Received<Turn>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddTurn(Required(name), DefaultQuiet, DefaultAtMost, With(handler));

    /// <summary>
    /// Calls a named handler with two services for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap
    /// or the answer to a flow.
    /// </summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="quiet">How long the customer must have been quiet: greater than zero.</param>
    /// <param name="atMost">How long a turn waits after its first message at most: not less than <paramref name="quiet"/>, and at most an hour.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    public WhatsSessionBuilder OnTurn<TService1, TService2>(
        string name, TimeSpan quiet, TimeSpan atMost, Func<Received<Turn>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddTurn(Required(name), quiet, atMost, With(handler));

    /// <summary>
    /// Calls a named handler with two services for each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap
    /// or the answer to a flow.
    /// </summary>
    /// <typeparam name="TService1">A service, resolved from the scope made for the call.</typeparam>
    /// <typeparam name="TService2">A service, resolved from the scope made for the call.</typeparam>
    /// <param name="name">The unique name of the handler. The store keeps its completions under this name.</param>
    /// <param name="quiet">How long the customer must have been quiet: greater than zero.</param>
    /// <param name="atMost">How long a turn waits after its first message at most: not less than <paramref name="quiet"/>, and at most an hour.</param>
    /// <param name="handler">The handler. If it throws, it may be called again for the same turn.</param>
    /// <exception cref="ArgumentException">There is a handler of this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    public WhatsSessionBuilder OnTurn<TService1, TService2>(
        string name, NodaTime.Duration quiet, NodaTime.Duration atMost, Func<Received<Turn>, TService1, TService2, CancellationToken, Task> handler)
        where TService1 : notnull
        where TService2 : notnull => AddTurn(Required(name), quiet, atMost, With(handler));
}
