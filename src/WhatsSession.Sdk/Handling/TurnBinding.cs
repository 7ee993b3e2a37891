namespace WhatsSession.Handling;

/// <summary>A handler of turns. Each has turns of its own, which bear its name.</summary>
internal sealed class TurnBinding(string name, TurnWait wait, Func<Received<Turn>, CancellationToken, Task> handler) : HandlerBinding<Turn>(name, handler)
{
    public override TurnWait? TurnWait => wait;

    public override bool MayTake(EventLane lane) => lane == EventLane.Turn;

    public override bool Accepts(WhatsAppEvent received, BusinessNumber? number) =>
        received is Turn && string.Equals(received.Field, Name, StringComparison.Ordinal)
        && (Number is null || string.Equals(Number, number?.Name, StringComparison.OrdinalIgnoreCase));
}
