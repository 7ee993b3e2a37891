namespace WhatsSession.Errors;

/// <summary>One row of <see cref="GraphErrorTable"/>.</summary>
internal sealed record GraphErrorEntry(int Code, GraphErrorCategory Category, GraphAdvice Advice);
