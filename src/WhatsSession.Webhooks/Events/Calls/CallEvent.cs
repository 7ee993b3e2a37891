using WhatsSession.Events;

namespace WhatsSession;

/// <summary>Something that happened to a call.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/reference">Meta, read November 2025.</see></remarks>
public abstract class CallEvent : CustomerEvent
{
    private string _callId = "";
    private CallDirection _direction;
    private IntentId? _intent;
    private string? _callbackData;
    private IReadOnlyList<GraphError> _errors = [];

    /// <summary>Makes an empty event; the caller sets the properties.</summary>
    protected CallEvent()
    {
    }

    /// <summary>Meta's id of the call; empty when absent.</summary>
    public string CallId
    {
        get => _callId;
        init => _callId = value;
    }

    /// <summary>Who called. Empty on statuses, which are only about calls by the business, and on events that come after a call.</summary>
    public CallDirection Direction
    {
        get => _direction;
        init => _direction = value;
    }

    /// <summary>Our id of the send; null when the call was not made by this SDK.</summary>
    public IntentId? Intent
    {
        get => _intent;
        init => _intent = value;
    }

    /// <summary>The caller's own data that was given with the call; null when there was none.</summary>
    public string? CallbackData
    {
        get => _callbackData;
        init => _callbackData = value;
    }

    /// <summary>Why it failed; null when it did not. The first of <see cref="Errors"/>.</summary>
    public GraphError? Error => Errors.Count > 0 ? Errors[0] : null;

    /// <summary>Every error that Meta names here, in Meta's order; usually one.</summary>
    /// <value>Empty when nothing failed.</value>
    public IReadOnlyList<GraphError> Errors
    {
        get => _errors;
        init => _errors = value ?? throw new ArgumentNullException(nameof(value), "Errors is null.");
    }

    /// <summary>What makes this event different from others of the same call.</summary>
    private protected abstract string Part { get; }

    internal override EventId Id => new(CallId, Part);

    /// <summary>Which call it is, and whose: what all events of calls have.</summary>
    internal void SetCall(string callId, CallDirection direction, IntentId? intent, string? callbackData, IReadOnlyList<GraphError> errors)
    {
        _callId = callId;
        _direction = direction;
        _intent = intent;
        _callbackData = callbackData;
        _errors = errors;
    }
}
