namespace WhatsSession.Storage;

/// <summary>
/// How a dispatcher's places are shared among business numbers. No number gets more than its maximum, and the number with the fewest places gets the next one.
/// </summary>
/// <remarks>Immutable. A number that is not listed has no place, and was served before the listed numbers.</remarks>
public sealed class NumberShares
{
    /// <summary>Makes the shares.</summary>
    /// <param name="most">The maximum number of places for one number, including those that it already has.</param>
    /// <param name="numbers">What the numbers have, in the order in which they last got an event; the latest comes last. Do not change it afterwards.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">A number has a negative count.</exception>
    public NumberShares(int most, IReadOnlyList<NumberShare> numbers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentNullException.ThrowIfNull(numbers);
        for (var i = 0; i < numbers.Count; i++)
        {
            if (numbers[i].Held < 0)
            {
                throw new ArgumentException($"The number {numbers[i].Number} holds {numbers[i].Held} places; it cannot be less than 0.", nameof(numbers));
            }
        }

        Most = most;
        Numbers = numbers;
    }

    /// <summary>The maximum number of places for one number.</summary>
    public int Most { get; }

    /// <summary>What the numbers have, in the order in which they last got an event.</summary>
    public IReadOnlyList<NumberShare> Numbers { get; }
}
