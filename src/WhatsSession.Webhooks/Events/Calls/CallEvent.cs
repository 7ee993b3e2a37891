using WhatsSession.Events;

namespace WhatsSession;

/// <summary>Something that happened to a call.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/reference">Meta, read November 2025.</see></remarks>
public abstract class CallEvent : CustomerEvent
{
    /// <summary>Makes one with nothing in it: the properties are set where it is made.</summary>
    protected CallEvent()
    {
    }

    /// <summary>Meta's id of the call; empty when absent.</summary>
    public string CallId { get; init; } = "";

    /// <summary>Who called; empty on statuses, which tell of calls by the business alone.</summary>
    public CallDirection Direction { get; init; }

    /// <summary>Our id of the send; null when the call was not made by this SDK.</summary>
    public IntentId? Intent { get; init; }

    /// <summary>The caller's own data that was given with the call; null when there was none.</summary>
    public string? CallbackData { get; init; }

    /// <summary>Why it failed; null when it did not. The first of <see cref="Errors"/>.</summary>
    public GraphError? Error => Errors.Count > 0 ? Errors[0] : null;

    /// <summary>Every error that Meta names here, in its order; mostly one.</summary>
    /// <value>Empty when nothing failed.</value>
    public IReadOnlyList<GraphError> Errors { get; init; } = [];

    /// <summary>What tells this event from others of the same call.</summary>
    private protected abstract string Part { get; }

    internal sealed override EventId Id => new(CallId, Part);
}
