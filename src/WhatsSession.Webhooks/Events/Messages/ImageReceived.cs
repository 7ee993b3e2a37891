namespace WhatsSession;

/// <summary>An image by a customer.</summary>
public sealed class ImageReceived : MediaReceived;
