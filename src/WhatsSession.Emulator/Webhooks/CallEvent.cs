namespace WhatsSession.Emulator.Webhooks;

/// <summary>What happens in a call: its name is the webhook's <c>event</c>.</summary>
internal sealed record CallEvent(string Id, string Name, DateTimeOffset At, bool Answered, TimeSpan Duration);
