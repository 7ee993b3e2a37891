using System.Diagnostics.CodeAnalysis;

namespace WhatsSession.Storage;

/// <summary>The checks of arguments that every store makes, so that a mistake is an <see cref="ArgumentException"/> in every store.</summary>
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

    /// <summary>Refuses a default key or conversation, and a key of another business number than the conversation's.</summary>
    /// <exception cref="ArgumentException">The key or the conversation is the default, or their business numbers differ.</exception>
    public static void ThrowIfUnfit(IdempotencyKey key, KeyedSend send)
    {
        ThrowIfDefault(key);
        if (send.Conversation.Party.Length == 0 || send.Conversation.Number != key.Number)
        {
            throw new ArgumentException($"The send is no send of {key.Number}, whose key it takes: give its conversation.", nameof(send));
        }
    }

    /// <summary>Refuses the default, which is no message.</summary>
    /// <exception cref="ArgumentException"><paramref name="message"/> is the default.</exception>
    public static void ThrowIfDefault(MessageId message)
    {
        if (message == default)
        {
            throw new ArgumentException("The default names no message.", nameof(message));
        }
    }

    /// <summary>Refuses a send that has no id or no conversation.</summary>
    /// <exception cref="ArgumentException"><paramref name="intent"/> is null, or its id or its conversation is the default.</exception>
    public static void ThrowIfUnfit([NotNull] SendIntent? intent)
    {
        ArgumentNullException.ThrowIfNull(intent);
        if (intent.Id == default || intent.Conversation.Party.Length == 0)
        {
            throw new ArgumentException("The send has no id or no conversation.", nameof(intent));
        }
    }

    /// <summary>Refuses a run that has no id, no conversation or no steps.</summary>
    /// <exception cref="ArgumentException"><paramref name="run"/> is null, or its id or its conversation is the default, or it has no steps.</exception>
    public static void ThrowIfUnfit([NotNull] SequenceRun? run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Id == default || run.Conversation.Party.Length == 0 || run.Steps.Count == 0)
        {
            throw new ArgumentException("The run has no id, no conversation or no steps.", nameof(run));
        }
    }

    /// <summary>Refuses a claim that has no conversation, no key, no send or no template.</summary>
    /// <exception cref="ArgumentException">A part is null or the default.</exception>
    public static void ThrowIfUnfit([NotNull] FallbackClaim? claim, IntentId intent, [NotNull] string? template)
    {
        ThrowIfUnfit(claim);
        ArgumentNullException.ThrowIfNull(template);
        if (intent == default)
        {
            throw new ArgumentException("The claim names no send.", nameof(intent));
        }
    }

    /// <summary>Refuses a claim that has no conversation or no key.</summary>
    /// <exception cref="ArgumentException"><paramref name="claim"/> or its key is null, or its conversation is the default.</exception>
    public static void ThrowIfUnfit([NotNull] FallbackClaim? claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (claim.Key is null || claim.Conversation.Party.Length == 0)
        {
            throw new ArgumentException("The claim has no key or no conversation.", nameof(claim));
        }
    }

    /// <summary>Refuses the default conversation if there are facts or an alias for it, the default message, and an undefined state.</summary>
    /// <exception cref="ArgumentException">
    /// There are facts or an alias but no conversation, the message is the default, or the state is not defined.
    /// </exception>
    public static void ThrowIfDefault(SendSettlement settlement)
    {
        if (settlement.Message == default(MessageId) || !Enum.IsDefined(settlement.State))
        {
            throw new ArgumentException("The settlement's message is the default, or its state is none that there is.", nameof(settlement));
        }

        if ((settlement.Facts != default || settlement.Alias is not null) && settlement.Conversation.Party.Length == 0)
        {
            throw new ArgumentException("The settlement has facts and names no conversation.", nameof(settlement));
        }
    }

    /// <summary>Refuses an event that is null or has an undefined lane.</summary>
    /// <exception cref="ArgumentException"><paramref name="stored"/> is null or has an undefined lane.</exception>
    public static void ThrowIfNoLane([NotNull] StoredEvent? stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (!Enum.IsDefined(stored.Lane))
        {
            throw new ArgumentException("The event is of a lane that there is not.", nameof(stored));
        }
    }

    /// <summary>Refuses a list that is null or has a null in it.</summary>
    /// <typeparam name="T">The type of the entries.</typeparam>
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
