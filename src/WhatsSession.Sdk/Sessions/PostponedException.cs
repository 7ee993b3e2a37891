using NodaTime;

namespace WhatsSession;

/// <summary>Work of the SDK itself cannot be done now, and nothing about it is wrong: it comes again, in its place and as the same try.</summary>
internal sealed class PostponedException(Instant until, Exception? innerException = null) : Exception("The work comes again later.", innerException)
{
    /// <summary>When it comes again.</summary>
    public Instant Until { get; } = until;
}
