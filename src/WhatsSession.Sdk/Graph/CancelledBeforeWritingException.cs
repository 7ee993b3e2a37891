namespace WhatsSession;

/// <summary>The caller's token fired before any of the request was handed to a connection: Meta cannot have the message.</summary>
internal sealed class CancelledBeforeWritingException(OperationCanceledException cause)
    : OperationCanceledException(cause.Message, cause, cause.CancellationToken);
