using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Templates;

namespace WhatsSession.Emulator.Sending;

/// <summary>What a request wants to be sent.</summary>
/// <param name="Template">Null for a free-form message.</param>
/// <param name="Text">What the customer reads.</param>
/// <param name="MediaFailure">Why the message fails after having been accepted; null when its media is right.</param>
internal readonly record struct MessageContent(Template? Template, string Text, GraphError? MediaFailure);
