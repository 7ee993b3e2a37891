using NodaTime;

namespace WhatsSession.Sending;

/// <summary>Work of the SDK itself cannot be done now, and nothing about it is wrong: it comes again, in its place and as the same try.</summary>
#pragma warning disable CA1064 // It goes from the engine to the dispatcher and no further.
internal sealed class PostponedException(Instant until, Exception? innerException = null) : Exception("The work comes again later.", innerException)
#pragma warning restore CA1064
{
    /// <summary>When it comes again.</summary>
    public Instant Until { get; } = until;
}
