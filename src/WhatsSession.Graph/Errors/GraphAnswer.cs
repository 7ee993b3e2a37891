using System.Net;

namespace WhatsSession.Errors;

/// <summary>What came back for a request that posts no message.</summary>
/// <param name="Status">The status; 0 when there was no answer.</param>
/// <param name="Body">The whole body.</param>
/// <param name="RetryAfter">How long Meta asks to wait, if it says so.</param>
/// <param name="Error">Meta's error, or why there is no answer; null when the status is one of success.</param>
internal readonly record struct GraphAnswer(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter, GraphError? Error);
