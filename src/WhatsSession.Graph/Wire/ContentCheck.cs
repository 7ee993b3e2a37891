namespace WhatsSession;

/// <summary>Checks content while it is read.</summary>
/// <param name="length">How many bytes there are so far.</param>
/// <param name="head">The first bytes at the first call, empty at later ones.</param>
/// <returns>What is wrong, or null.</returns>
public delegate Violation? ContentCheck(long length, ReadOnlySpan<byte> head);
