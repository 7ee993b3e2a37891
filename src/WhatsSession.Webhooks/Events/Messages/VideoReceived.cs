namespace WhatsSession;

/// <summary>A video by a customer.</summary>
public sealed class VideoReceived : MediaReceived;
