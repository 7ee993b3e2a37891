namespace WhatsSession.Tool.CommandLine;

/// <summary>Something is wrong with the command line; the message says what to give.</summary>
internal sealed class UsageException(string message) : Exception(message);
