using System.Text.Json;

namespace WhatsSession.Emulator;

/// <summary>A message of a customer.</summary>
internal sealed class InboundMessage
{
    public required string Id { get; init; }

    public required EmulatedNumber Number { get; init; }

    public required EmulatedCustomer Customer { get; init; }

    /// <summary>In whole seconds, as Meta's timestamps are.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Type { get; init; }

    /// <summary>Writes the property named as the type.</summary>
    public required Action<Utf8JsonWriter> WriteContent { get; init; }

    /// <summary>The id of the business's message that this one answers; null for none.</summary>
    public required string? AnswerTo { get; init; }
}
