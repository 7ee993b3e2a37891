namespace WhatsSession;

/// <summary>The lanes whose events may have a handler. Most of what arrives is statuses, and a program that only answers messages handles none of them: such events are worth neither a wake-up nor a task.</summary>
internal sealed class HandledLanes(IReadOnlyCollection<HandlerBinding> handlers)
{
    private readonly bool _messages = handlers.Any(static handler => handler.MayTake(EventLane.Live));
    private readonly bool _statuses = handlers.Any(static handler => handler.MayTake(EventLane.Status));

    /// <summary>Whether an event of this lane may have a handler: always so, but for messages and statuses.</summary>
    public bool Contains(EventLane lane) => lane switch
    {
        EventLane.Live => _messages,
        EventLane.Status => _statuses,
        _ => true,
    };
}
