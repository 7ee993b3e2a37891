namespace WhatsSession;

/// <summary>What a run of a follow-up sequence starts with. The messages of its steps are made from it.</summary>
/// <remarks>Immutable; <see cref="ToString"/> shows no value.</remarks>
public sealed class SequenceStart
{
    /// <summary>For what is the same in every run.</summary>
    internal static readonly SequenceStart Nobody = new(default, new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>Makes it; you can do so to test the functions of a sequence.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="values">The values that the run is started with.</param>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    public SequenceStart(ConversationKey conversation, IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Conversation = conversation;
        Values = values;
    }

    /// <summary>The conversation.</summary>
    public ConversationKey Conversation { get; }

    /// <summary>The values that the run is started with.</summary>
    public IReadOnlyDictionary<string, string> Values { get; }

    /// <summary>One of the values.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">The run has no value of this name. The message lists the names.</exception>
    public string this[string name] => Values.TryGetValue(name, out var value)
        ? value
        : throw new ArgumentException(
            $"The sequence was started without a value \"{name}\"; it has {(Values.Count == 0 ? "none" : string.Join(", ", Values.Keys))}. Give it when you "
            + "start the sequence.",
            nameof(name));

    /// <summary>The names of the values.</summary>
    public override string ToString() => $"start with {string.Join(", ", Values.Keys)}";
}
