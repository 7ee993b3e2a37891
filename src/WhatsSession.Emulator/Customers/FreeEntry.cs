namespace WhatsSession.Emulator.Customers;

/// <summary>A free entry point window: opened by the business's answer to a customer who came from an advertisement.</summary>
internal sealed record FreeEntry(string Id, DateTimeOffset Closes);
