using System.Runtime.CompilerServices;

namespace WhatsSession.Hosting;

/// <summary>Lists that callers give.</summary>
internal static class GivenList
{
    /// <exception cref="ArgumentException">It is null or has a null in it.</exception>
    public static void ThrowIfNullIn<T>(IReadOnlyList<T> items, [CallerArgumentExpression(nameof(items))] string name = "")
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
    }
}
