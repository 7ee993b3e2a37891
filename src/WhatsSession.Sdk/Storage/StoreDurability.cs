using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What accepted data survives.</summary>
[JsonConverter(typeof(JsonEnumConverter<StoreDurability>))]
public enum StoreDurability
{
    /// <summary>Data is lost when the process ends.</summary>
    Process = 0,

    /// <summary>Data survives the process and a restart of the host.</summary>
    Host,

    /// <summary>Data survives the loss of a host.</summary>
    Cluster,
}
