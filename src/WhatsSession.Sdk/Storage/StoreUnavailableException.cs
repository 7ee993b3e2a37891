namespace WhatsSession;

/// <summary>The store cannot be reached or cannot accept more now. The same call may succeed later.</summary>
/// <param name="message">What happened.</param>
/// <param name="innerException">The store's own error, if any.</param>
public sealed class StoreUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
