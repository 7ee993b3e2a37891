using System.Runtime.CompilerServices;

namespace WhatsSession.Messages;

/// <summary>Lists that a message keeps: copied, so that the caller's array may change, and without null.</summary>
internal static class CopiedList
{
    public static IReadOnlyList<T> Of<T>(T[] items, [CallerArgumentExpression(nameof(items))] string name = "")
        where T : class
    {
        ArgumentNullException.ThrowIfNull(items, name);
        var hole = Array.IndexOf(items, null);
        return hole < 0 ? [.. items] : throw new ArgumentException(FormattableString.Invariant($"Element {hole} is null."), name);
    }
}
