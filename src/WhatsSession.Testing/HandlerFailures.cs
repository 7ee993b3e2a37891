using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace WhatsSession.Testing;

/// <summary>Hears from the log that a handler failed.</summary>
internal sealed class HandlerFailures : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<Exception> _failures = [];

    /// <summary>The first failure since the last call, or null; those after it are forgotten.</summary>
    public Exception? Take()
    {
        _failures.TryDequeue(out var first);
        _failures.Clear();
        return first;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is not null && eventId.Name == "HandlerFailed")
        {
            _failures.Enqueue(exception);
        }
    }

    public void Dispose()
    {
        // Holds nothing.
    }
}
