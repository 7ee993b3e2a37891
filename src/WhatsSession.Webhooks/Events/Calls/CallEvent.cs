using WhatsSession.Events;

namespace WhatsSession;

/// <summary>Something that happened to a call.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/reference">Meta, read November 2025.</see></remarks>
public abstract class CallEvent : CustomerEvent
{
    private protected CallEvent()
    {
    }

    /// <summary>Meta's id of the call; empty when absent.</summary>
    public string CallId { get; internal set; } = "";

    /// <summary>Who called; empty on statuses, which tell of calls by the business alone.</summary>
    public CallDirection Direction { get; internal set; }

    /// <summary>Our id of the send; null when the call was not made by this SDK.</summary>
    public IntentId? Intent { get; internal set; }

    /// <summary>The caller's own data that was given with the call; null when there was none.</summary>
    public string? CallbackData { get; internal set; }

    /// <summary>Why it failed; null when it did not. The first of <see cref="Errors"/>.</summary>
    public GraphError? Error => Errors.Count > 0 ? Errors[0] : null;

    /// <summary>Every error that Meta names here, in its order; mostly one.</summary>
    /// <value>Empty when nothing failed.</value>
    public IReadOnlyList<GraphError> Errors { get; internal set; } = [];

    /// <summary>What tells this event from others of the same call.</summary>
    private protected abstract string Part { get; }

    internal sealed override EventId Id => new(CallId, Part);
}
