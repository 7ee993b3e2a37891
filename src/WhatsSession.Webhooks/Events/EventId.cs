namespace WhatsSession.Events;

/// <summary>What Meta knows an event by, within its lane.</summary>
/// <param name="Value">The id of the message or call; empty when the event has none.</param>
/// <param name="Part">What tells events of one id apart, such as the status; empty where one id is one event.</param>
internal readonly record struct EventId(string Value, string Part);
