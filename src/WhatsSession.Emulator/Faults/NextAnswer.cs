namespace WhatsSession.Emulator;

/// <summary>What becomes of the answer to one Graph request.</summary>
/// <param name="Fault">What goes wrong with it.</param>
/// <param name="ErrorCode">The error that the request is refused with; null for none.</param>
internal readonly record struct NextAnswer(ResponseFault Fault, int? ErrorCode);
