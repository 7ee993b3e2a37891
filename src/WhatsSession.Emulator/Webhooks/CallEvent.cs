namespace WhatsSession.Emulator.Webhooks;

/// <summary>The beginning or the end of a call.</summary>
internal sealed record CallEvent(string Id, DateTimeOffset At, bool Ends, bool Answered, TimeSpan Duration);
