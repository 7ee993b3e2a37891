using System.Text.Json;

namespace WhatsSession.Emulator.Sending;

/// <summary>A request to send a message.</summary>
internal readonly record struct SendRequest
{
    public required EmulatedNumber Number { get; init; }

    public required JsonElement Root { get; init; }

    public required SendEnvelope Envelope { get; init; }

    /// <summary>It came to the Marketing Messages API.</summary>
    public required bool IsMarketing { get; init; }

    /// <summary>As the business sent it.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Meta's moment.</summary>
    public required DateTimeOffset Now { get; init; }
}
