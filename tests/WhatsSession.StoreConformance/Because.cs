using Xunit.Sdk;

namespace WhatsSession.StoreConformance;

/// <summary>Assertions that end with the rule behind them, so that the author of a store reads why and not only what.</summary>
internal static class Because
{
    public static void Equal<T>(T expected, T actual, string reason) => Check(() => Assert.Equal(expected, actual), reason);

    public static void Equal<T>(IEnumerable<T> expected, IEnumerable<T> actual, string reason) => Check(() => Assert.Equal(expected, actual), reason);

    public static void Empty<T>(IEnumerable<T> actual, string reason) => Check(() => Assert.Empty(actual), reason);

    public static void Contains(string expected, string actual, string reason) => Check(() => Assert.Contains(expected, actual, StringComparison.Ordinal), reason);

    public static void DoesNotContain<T>(T expected, IEnumerable<T> actual, string reason) => Check(() => Assert.DoesNotContain(expected, actual), reason);

    public static void Same(object? expected, object? actual, string reason) => Check(() => Assert.Same(expected, actual), reason);

    public static void Null(object? actual, string reason) => Check(() => Assert.Null(actual), reason);

    public static T Single<T>(IEnumerable<T> actual, string reason) => Single(actual, static _ => true, reason);

    public static T Single<T>(IEnumerable<T> actual, Predicate<T> condition, string reason)
    {
        T? found = default;
        Check(() => found = Assert.Single(actual, condition), reason);
        return found!;
    }

    public static void True(bool actual, string reason) => Check(() => Assert.True(actual), reason);

    public static void False(bool actual, string reason) => Check(() => Assert.False(actual), reason);

    private static void Check(Action assert, string reason)
    {
        try
        {
            assert();
        }
        catch (XunitException failure)
        {
            throw new XunitException($"{failure.Message}{Environment.NewLine}The rule: {reason}.", failure);
        }
    }
}
