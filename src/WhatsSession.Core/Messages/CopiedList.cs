using System.Runtime.CompilerServices;

namespace WhatsSession.Messages;

/// <summary>Lists that a message keeps: without null, and where the caller gave an array, copied, so that it may change.</summary>
internal static class CopiedList
{
    public static IReadOnlyList<T> Of<T>(T[] items, [CallerArgumentExpression(nameof(items))] string name = "")
        where T : class
    {
        ArgumentNullException.ThrowIfNull(items, name);
        var hole = Array.IndexOf(items, null);
        return hole < 0 ? [.. items] : throw new ArgumentException(FormattableString.Invariant($"Element {hole} is null."), name);
    }

    /// <summary>A list as it is, which has no null in it.</summary>
    public static IReadOnlyList<T> Checked<T>(IReadOnlyList<T> items, [CallerMemberName] string name = "")
        where T : class
    {
        ArgumentNullException.ThrowIfNull(items, name);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is null)
            {
                throw new ArgumentException(FormattableString.Invariant($"Element {i} is null."), name);
            }
        }

        return items;
    }
}
