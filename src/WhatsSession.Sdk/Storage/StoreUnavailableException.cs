namespace WhatsSession;

/// <summary>The store cannot be reached or cannot accept more now. The same call may succeed later.</summary>
/// <param name="message">What happened.</param>
/// <param name="innerException">The store's own error; null when there is none.</param>
public sealed class StoreUnavailableException(string message, Exception? innerException) : Exception(message, innerException)
{
    /// <summary>Makes the exception without an inner one.</summary>
    /// <param name="message">What happened.</param>
    public StoreUnavailableException(string message)
        : this(message, innerException: null)
    {
    }
}
