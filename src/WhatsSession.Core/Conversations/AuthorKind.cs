using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>Who wrote a message of the business.</summary>
[JsonConverter(typeof(JsonEnumConverter<AuthorKind>))]
public enum AuthorKind
{
    /// <summary>Nobody said. It counts as a person.</summary>
    Unknown = 0,

    /// <summary>A person, such as an agent.</summary>
    Person,

    /// <summary>A program, such as a handler.</summary>
    Bot,

    /// <summary>A follow-up sequence.</summary>
    Sequence,
}
