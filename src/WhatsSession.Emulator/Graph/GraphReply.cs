using WhatsSession.Emulator.Customers;
using WhatsSession.Emulator.Http;

namespace WhatsSession.Emulator.Graph;

/// <summary>The answer to a Graph request, and what follows from it.</summary>
/// <param name="Answer">What the business reads.</param>
/// <param name="Accepted">The message to deliver once the answer is out; null for none.</param>
internal readonly record struct GraphReply(GraphAnswer Answer, OutboundMessage? Accepted = null);
