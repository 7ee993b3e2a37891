namespace WhatsSession.Handling;

/// <summary>Which of a dispatcher's places an event holds while it is handled.</summary>
internal enum DispatchPlace
{
    /// <summary>One of <c>Dispatch.MaxConcurrency</c>, which all share.</summary>
    Shared,

    /// <summary>One that is kept for the SDK's own work.</summary>
    Work,

    /// <summary>The one that is kept for alerts.</summary>
    Alert,

    /// <summary>One of <c>Dispatch.MaxLongRunning</c>.</summary>
    Long,

    /// <summary>The one for numbers that hold nothing, while another holds more than its share because it was thought to be alone.</summary>
    Newcomer,
}
