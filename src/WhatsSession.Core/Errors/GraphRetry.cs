using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Whether a request that failed may succeed unchanged, and when.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = KindInJson)]
[JsonDerivedType(typeof(Never), NeverInJson)]
[JsonDerivedType(typeof(Once), OnceInJson)]
[JsonDerivedType(typeof(Wait), WaitInJson)]
public abstract record GraphRetry
{
    internal const string KindInJson = "kind";
    internal const string NeverInJson = "never";
    internal const string OnceInJson = "once";
    internal const string WaitInJson = "wait";

    private GraphRetry()
    {
    }

    /// <summary>The same request fails again: it must change.</summary>
    public sealed record Never : GraphRetry
    {
        /// <summary>A form for logs.</summary>
        public override string ToString() => "never";
    }

    /// <summary>The same request may succeed after something has happened. Waiting alone does not help.</summary>
    /// <param name="What">What must have happened, in English, such as "the customer writes".</param>
    public sealed record Once(string What) : GraphRetry
    {
        /// <summary>A form for logs.</summary>
        public override string ToString() => "once " + What;
    }

    /// <summary>The same request may succeed after a wait.</summary>
    /// <param name="First">The minimum time to wait before the first retry.</param>
    /// <param name="Factor">The factor by which each wait is longer than the one before; 1 when the waits need not grow.</param>
    public sealed record Wait([property: JsonConverter(typeof(JsonTimeConverter))] Duration First, int Factor) : GraphRetry
    {
        /// <summary>How long to wait before a retry.</summary>
        /// <param name="retry">The number of the retry: 0 is the first.</param>
        /// <returns>At most 30 days.</returns>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="retry"/> is negative.</exception>
        public Duration Before(int retry)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(retry);
            var longest = Duration.FromDays(30);
            var wait = First.TotalSeconds * Math.Pow(Factor, retry);
            return wait < longest.TotalSeconds ? Duration.FromSeconds(wait) : longest;
        }

        /// <summary>A form for logs.</summary>
        public override string ToString() => Factor == 1 ? $"after {First}" : $"after {First}, then {Factor} times as long each time";
    }
}
