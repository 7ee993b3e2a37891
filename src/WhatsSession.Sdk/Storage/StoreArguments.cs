using System.Diagnostics.CodeAnalysis;

namespace WhatsSession.Storage;

/// <summary>The checks of arguments that every store makes, so that a mistake is an <see cref="ArgumentException"/> whatever the store.</summary>
public static class StoreArguments
{
    /// <summary>Refuses the default, which names no conversation.</summary>
    /// <exception cref="ArgumentException"><paramref name="conversation"/> is the default.</exception>
    public static void ThrowIfDefault(ConversationKey conversation)
    {
        if (conversation.Party.Length == 0)
        {
            throw new ArgumentException("The default key names no conversation.", nameof(conversation));
        }
    }

    /// <summary>Refuses the default, which is no key.</summary>
    /// <exception cref="ArgumentException"><paramref name="key"/> is the default.</exception>
    public static void ThrowIfDefault(IdempotencyKey key)
    {
        if (string.IsNullOrEmpty(key.Key) || key.Number == default)
        {
            throw new ArgumentException("The default is no key.", nameof(key));
        }
    }

    /// <summary>Refuses the default conversation where there are facts or an alias of it.</summary>
    /// <exception cref="ArgumentException">There are facts or an alias, and no conversation.</exception>
    public static void ThrowIfDefault(SendSettlement settlement)
    {
        if ((settlement.Facts != default || settlement.Alias is not null) && settlement.Conversation.Party.Length == 0)
        {
            throw new ArgumentException("The settlement has facts and names no conversation.", nameof(settlement));
        }
    }

    /// <summary>Refuses an event that is null or of a lane that there is not.</summary>
    /// <exception cref="ArgumentException"><paramref name="stored"/> is null or of no lane.</exception>
    public static void ThrowIfNoLane([System.Diagnostics.CodeAnalysis.NotNull] StoredEvent? stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (!Enum.IsDefined(stored.Lane))
        {
            throw new ArgumentException("The event is of a lane that there is not.", nameof(stored));
        }
    }

    /// <summary>Refuses a list that is null or has an entry that is.</summary>
    /// <typeparam name="T">What the list has.</typeparam>
    /// <param name="list">The list.</param>
    /// <param name="name">The name of the argument.</param>
    /// <exception cref="ArgumentException">The list or an entry is null.</exception>
    public static void ThrowIfAnyNull<T>([NotNull] IReadOnlyList<T>? list, string name)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(list, name);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is null)
            {
                throw new ArgumentException(FormattableString.Invariant($"Entry {i} of the list is null."), name);
            }
        }
    }
}
