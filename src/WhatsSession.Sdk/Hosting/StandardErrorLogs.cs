using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WhatsSession.Hosting;

/// <summary>
/// Writes warnings and errors to the standard error stream, in the form of the framework's console logger, where a program without a host has set up no
/// logging: a handler that throws must not be silent.
/// </summary>
internal sealed class StandardErrorLogs : ILoggerProvider
{
    /// <summary>Adds it, unless the program has logging of its own.</summary>
    public static void AddIfNoneAreSet(IServiceCollection services)
    {
        var hasProvider = services.Any(static service => service.ServiceType == typeof(ILoggerProvider));
        var hasFactory = services.Any(static service => service.ServiceType == typeof(ILoggerFactory) && service.ImplementationType != typeof(LoggerFactory));
        if (!hasProvider && !hasFactory)
        {
            services.AddSingleton<ILoggerProvider, StandardErrorLogs>();
        }
    }

    public ILogger CreateLogger(string categoryName) => new CategoryLogger(categoryName);

    public void Dispose()
    {
        // Holds nothing: the stream is the process's.
    }

    private sealed class CategoryLogger(string category) : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => logLevel is LogLevel.Warning or LogLevel.Error or LogLevel.Critical;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            var level = logLevel == LogLevel.Warning ? "warn" : logLevel == LogLevel.Error ? "fail" : "crit";
            var text = exception is null ? formatter(state, exception) : $"{formatter(state, exception)}\n{exception}";

            // In one call, so that the lines of two threads do not mix.
            Console.Error.Write(FormattableString.Invariant(
                $"{level}: {category}[{eventId.Id}]{Environment.NewLine}      {text.ReplaceLineEndings(Environment.NewLine + "      ")}{Environment.NewLine}"));
        }
    }
}
