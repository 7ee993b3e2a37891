namespace WhatsSession.Wire;

/// <summary>One page of a list.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="After">The cursor of the next page; null on the last.</param>
internal sealed record GraphPage<T>(IReadOnlyList<T> Items, string? After);

/// <summary>Reads the body of an answer; null when it is not what was asked for.</summary>
internal delegate T? AnswerReading<out T>(ReadOnlySpan<byte> body);
