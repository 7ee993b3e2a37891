using NodaTime;
using WhatsSession.Alerts;
using WhatsSession.Options;
using WhatsSession.Storage;

namespace WhatsSession.Handling;

/// <summary>The handlers of this process, and what follows from which there are.</summary>
internal sealed class HandlerSet
{
    public HandlerSet(IEnumerable<HandlerBinding> handlers, WhatsSessionSettings settings)
    {
        All = [.. handlers];
        Lanes = new HandledLanes(All);
        Planner = new AlertPlanner(All.SelectMany(static handler => handler.Alerts), settings.AlertJitter);
    }

    /// <summary>The handlers, in the order of their registration.</summary>
    public IReadOnlyList<HandlerBinding> All { get; }

    /// <summary>The lanes whose events may have a handler.</summary>
    public HandledLanes Lanes { get; }

    /// <summary>The handlers of turns, for the store.</summary>
    /// <param name="settings">What the numbers are that they name.</param>
    public IReadOnlyList<PlannedTurn> TurnsIn(WhatsSessionSettings settings) =>
    [
        .. All.Where(static handler => handler.TurnWait is not null).Select(handler =>
            new PlannedTurn(handler.Name, Duration.FromTimeSpan(handler.TurnWait!.Value.Quiet), Duration.FromTimeSpan(handler.TurnWait.Value.AtMost))
            {
                Number = handler.Number is null ? null : settings.ByName[handler.Number].Id,
            }),
    ];

    /// <summary>Plans the alerts that handlers want.</summary>
    public IAlertPlanner Planner { get; }
}
