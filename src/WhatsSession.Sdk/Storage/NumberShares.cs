namespace WhatsSession.Storage;

/// <summary>
/// How a dispatcher's places are shared among business numbers: none holds more than its most, and whoever holds least is given the next one.
/// </summary>
/// <remarks>Immutable. A number that is not listed holds nothing, and was served before those that are.</remarks>
public sealed class NumberShares
{
    /// <summary>Makes the shares.</summary>
    /// <param name="most">The most places that one number holds, with those it holds already.</param>
    /// <param name="numbers">
    /// What the numbers hold, in the order in which they were last given an event: the last one last. Not to be changed afterwards.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">A number holds less than nothing, or is listed twice.</exception>
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

    /// <summary>The most places that one number holds.</summary>
    public int Most { get; }

    /// <summary>What the numbers hold, in the order in which they were last given an event.</summary>
    public IReadOnlyList<NumberShare> Numbers { get; }
}
