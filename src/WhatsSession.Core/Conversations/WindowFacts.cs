using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Only the facts that decide the state of a window: a short form of <see cref="ConversationSnapshot"/> that allocates no memory.</summary>
/// <remarks>Equality is by value. <c>default</c> is a conversation about which nothing is known, because the store could not be read.</remarks>
public readonly record struct WindowFacts
{
    /// <summary>The latest customer event that counts; null when none is known or it was erased.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? LastInbound { get; init; }

    /// <summary>See <see cref="ConversationState.IsDenied"/>.</summary>
    public bool IsDenied { get; init; }

    /// <summary>See <see cref="ConversationState.IsDoubted"/>.</summary>
    public bool IsDoubted { get; init; }

    /// <summary>See <see cref="ConversationSnapshot.HistorySince"/>.</summary>
    [JsonConverter(typeof(JsonTimeConverter))]
    public Instant? HistorySince { get; init; }

    /// <summary>See <see cref="ConversationSnapshot.Restriction"/>.</summary>
    public MessagingRestriction? Restriction { get; init; }

    /// <summary>See <see cref="ConversationSnapshot.StoreAvailable"/>.</summary>
    /// <value>False by default, unlike in <see cref="ConversationSnapshot"/>.</value>
    public bool StoreAvailable { get; init; }

    /// <summary>The facts of a conversation whose store could be read.</summary>
    /// <param name="state">The facts of the customer.</param>
    /// <param name="historySince">See <see cref="HistorySince"/>.</param>
    /// <param name="restriction">See <see cref="Restriction"/>.</param>
    public static WindowFacts Of(ConversationState state, Instant? historySince, MessagingRestriction? restriction) => new()
    {
        LastInbound = state.IsErased ? null : state.LastInbound,
        IsDenied = state.IsDenied,
        IsDoubted = state.IsDoubted,
        HistorySince = historySince,
        Restriction = restriction,
        StoreAvailable = true,
    };
}
