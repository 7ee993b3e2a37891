namespace WhatsSession.Testing;

/// <summary>A handler failed in a test. The exception that it threw is the <see cref="Exception.InnerException"/>.</summary>
public sealed class HandlerFailedException : Exception
{
    internal HandlerFailedException(Exception failure)
        : base("A handler failed; what it threw is the inner exception. The event is tried again when the clock advances.", failure)
    {
    }
}
