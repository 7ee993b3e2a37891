using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What can be wrong with a running <see cref="WhatsSessionRuntime"/>.</summary>
[JsonConverter(typeof(JsonEnumConverter<HealthProblemKind>))]
public enum HealthProblemKind
{
    /// <summary>
    /// The store cannot be written or read. Webhooks are refused and Meta sends them again; session messages are not sent. The runtime cannot work.
    /// </summary>
    StoreUnavailable = 0,

    /// <summary>Events are not dispatched: the runtime was not started, or was stopped. The runtime cannot work.</summary>
    DispatcherStopped,

    /// <summary>The store keeps everything in memory although the environment is not Development: accepted events are lost when the process ends.</summary>
    StoreInMemory,

    /// <summary>Events were parked because a handler failed too often; see <see cref="WhatsSessionRuntime.Parked"/>.</summary>
    EventsParked,

    /// <summary>Signed webhooks could not be read completely; see <see cref="WhatsSessionRuntime.Quarantine"/>.</summary>
    WebhooksQuarantined,

    /// <summary>Fallback templates were claimed and have no known result; see <see cref="WhatsSessionRuntime.AbandonedFallbacks"/>.</summary>
    FallbacksAbandoned,

    /// <summary>
    /// A template that the options name as a fallback is missing, not approved, paused, moved to another category, or takes other parameters.
    /// </summary>
    TemplateNotReady,

    /// <summary>
    /// A handler keeps running after its time-out (<see cref="DispatchOptions.HandlerTimeout"/>): it ignores its cancellation token or blocks its thread. When
    /// 128 of its calls run like this, the handler is not called again until some of them end.
    /// </summary>
    HandlersLeftBehind,
}
