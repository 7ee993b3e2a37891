using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>Reads <c>flows</c>.</summary>
internal static class FlowParser
{
    /// <summary>What the object says; null when it names no event.</summary>
    public static FlowUpdated? Parse(in ObjectReader o) => o.Word("event"u8) is not { } name ? null : new FlowUpdated
    {
        Event = new FlowEvent(name),
        FlowId = o.Id("flow_id"u8) ?? "",
        Message = o.Text("message"u8),
        PreviousStatus = o.Text("old_status"u8),
        CurrentStatus = o.Text("new_status"u8),
        AlertState = o.Text("alert_state"u8),
        Threshold = o.Number("threshold"u8),
        ErrorRate = o.Number("error_rate"u8),
        Availability = o.Number("availability"u8),
        MedianLatency = o.Whole("p50_latency"u8),
        SlowLatency = o.Whole("p90_latency"u8),
        Requests = o.Whole("requests_count"u8),
        Warning = o.Text("warning"u8),
    };
}
