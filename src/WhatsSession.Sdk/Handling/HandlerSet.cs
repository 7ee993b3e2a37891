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

    /// <summary>Plans the alerts that handlers want.</summary>
    public IAlertPlanner Planner { get; }
}
