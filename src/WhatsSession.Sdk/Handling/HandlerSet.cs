using NodaTime;

namespace WhatsSession.Handling;

/// <summary>The handlers of this process, and what follows from which there are.</summary>
internal sealed class HandlerSet
{
    public HandlerSet(IEnumerable<HandlerBinding> handlers)
    {
        All = [.. handlers];
        Lanes = new HandledLanes(All);
        Leads = [.. All.Select(static handler => handler.AlertLead).OfType<TimeSpan>().Distinct().Select(Duration.FromTimeSpan)];
        LongestLead = Leads.Count == 0 ? Duration.Zero : Leads.Max();
    }

    /// <summary>The handlers, in the order of their registration.</summary>
    public IReadOnlyList<HandlerBinding> All { get; }

    /// <summary>The lanes whose events may have a handler.</summary>
    public HandledLanes Lanes { get; }

    /// <summary>How long before closing somebody wants to be told.</summary>
    public IReadOnlyList<Duration> Leads { get; }

    public Duration LongestLead { get; }
}
