using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What can be wrong with a running <see cref="WhatsSessionRuntime"/>.</summary>
[JsonConverter(typeof(JsonEnumConverter<HealthProblemKind>))]
public enum HealthProblemKind
{
    /// <summary>The store cannot be written or read: webhooks are refused and come again, and session messages are not sent. It is not able to work.</summary>
    StoreUnavailable = 0,

    /// <summary>Events are not dispatched: the runtime was not started, or was stopped. It is not able to work.</summary>
    DispatcherStopped,

    /// <summary>The store keeps everything in memory, outside Development: what is accepted is lost with the process.</summary>
    StoreInMemory,

    /// <summary>Events were set aside because a handler failed too often; see <see cref="WhatsSessionRuntime.Parked"/>.</summary>
    EventsParked,

    /// <summary>Signed webhooks could not be read to their end; see <see cref="WhatsSessionRuntime.Quarantine"/>.</summary>
    WebhooksQuarantined,

    /// <summary>Fallback templates were claimed and nothing was heard of them since; see <see cref="WhatsSessionRuntime.AbandonedFallbacks"/>.</summary>
    FallbacksAbandoned,

    /// <summary>
    /// A template that the options name as a fallback is missing, not approved, paused, moved to another category, or takes other parameters.
    /// </summary>
    TemplateNotReady,

    /// <summary>
    /// Runs of a handler go on after their time (<see cref="DispatchOptions.HandlerTimeout"/>): it does not heed its token, or blocks its thread. At 128 of
    /// them it is not called any more until some end.
    /// </summary>
    HandlersLeftBehind,
}
