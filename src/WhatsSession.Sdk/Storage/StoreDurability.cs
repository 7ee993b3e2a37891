using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What survives when something is lost, once a store has accepted it.</summary>
[JsonConverter(typeof(JsonEnumConverter<StoreDurability>))]
public enum StoreDurability
{
    /// <summary>It lives as long as the process.</summary>
    Process = 0,

    /// <summary>It survives the process and a restart of the host.</summary>
    Host,

    /// <summary>It survives the loss of a host.</summary>
    Cluster,
}
