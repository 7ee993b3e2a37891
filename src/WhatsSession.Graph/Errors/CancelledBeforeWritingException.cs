namespace WhatsSession;

/// <summary>The caller's token was cancelled before any part of the request was written to a connection: Meta cannot have the message.</summary>
public sealed class CancelledBeforeWritingException : OperationCanceledException
{
    /// <summary>Says that nothing was written.</summary>
    /// <param name="cause">The cancellation.</param>
    public CancelledBeforeWritingException(OperationCanceledException cause)
        : base(cause is null ? throw new ArgumentNullException(nameof(cause)) : cause.Message, cause, cause.CancellationToken)
    {
    }
}
