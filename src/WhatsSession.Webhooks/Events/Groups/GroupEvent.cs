namespace WhatsSession;

/// <summary>Something that happened to a group.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/webhooks">Meta, read May 2026.</see></remarks>
public abstract class GroupEvent : WhatsAppEvent
{
    /// <summary>Makes one with nothing in it: the properties are set where it is made.</summary>
    protected GroupEvent()
    {
    }

    /// <summary>What happened.</summary>
    public GroupAction Action { get; init; }

    /// <summary>The group; null when it could not be made.</summary>
    public GroupId? Group { get; init; }

    /// <summary>Meta's id of the request that this answers; null when it answers none.</summary>
    public string? RequestId { get; init; }

    /// <summary>Why, in Meta's words; null when absent.</summary>
    public string? Reason { get; init; }

    /// <summary>Why the request failed; null when it did not. The first of <see cref="Errors"/>.</summary>
    public GraphError? Error => Errors.Count > 0 ? Errors[0] : null;

    /// <summary>Every error that Meta names here, in Meta's order; usually one.</summary>
    /// <value>Empty when nothing failed.</value>
    public IReadOnlyList<GraphError> Errors { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "Errors is null."); } = [];

    /// <inheritdoc />
    public override ConversationKey? Conversation => Number is { } number && Group is { } group ? new ConversationKey(number, group) : null;
}
