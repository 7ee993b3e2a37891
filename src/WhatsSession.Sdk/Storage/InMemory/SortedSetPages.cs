namespace WhatsSession.Storage.InMemory;

/// <summary>Pages of what is kept in the order of a list: one costs as much as it holds, however long the list is.</summary>
internal static class SortedSetPages
{
    /// <summary>What comes after a place.</summary>
    /// <param name="list">The list.</param>
    /// <param name="last">The place, which need not be in the list; null for its begin.</param>
    public static IEnumerable<T> After<T>(this SortedSet<T> list, T? last)
        where T : class =>
        last is null ? list
            : list.Max is { } greatest && list.Comparer.Compare(last, greatest) < 0 ? list.GetViewBetween(last, greatest).SkipWhile(first =>
                list.Comparer.Compare(first, last) == 0)
            : [];
}
