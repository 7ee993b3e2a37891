using WhatsSession.Storage;

namespace WhatsSession.Handling;

/// <summary>
/// The lanes whose events may have a handler. Most of what arrives is statuses, and a program that only answers messages handles none of them:
/// such events are worth neither a wake-up nor a task.
/// </summary>
internal sealed class HandledLanes(IReadOnlyCollection<HandlerBinding> handlers)
{
    private readonly bool _messages = handlers.Any(static handler => handler.MayTake(EventLane.Live));
    private readonly bool _turns = handlers.Any(static handler => handler.MayTake(EventLane.Turn));
    private readonly bool _statuses = handlers.Any(static handler => handler.MayTake(EventLane.Status));

    /// <summary>
    /// What this host asks the store for: the lanes of its handlers, and the work of the SDK itself. Which turns it takes is told by their handlers. Who has
    /// turns takes messages too: a turn comes behind the messages of its conversation, and none may wait for a handler that there is no more.
    /// </summary>
    public EventLanes Taken { get; } = EventLanes.Of(
    [
        .. Enum.GetValues<EventLane>().Where(lane => lane is EventLane.Work or EventLane.Turn
            || handlers.Any(handler => handler.MayTake(lane) || (lane == EventLane.Live && handler.TurnWait is not null))),
    ]);

    /// <summary>Whether an event is a part of turns, and so handled by them.</summary>
    public bool MakesTurns(EventLane lane) => _turns && lane == EventLane.Live;

    /// <summary>Whether an event may concern a handler or the SDK itself: always so, but for messages and statuses.</summary>
    public bool Contain(StoredEvent stored) => stored.Lane switch
    {
        EventLane.Live => _messages,
        EventLane.Status => _statuses,
        _ => true,
    };
}
