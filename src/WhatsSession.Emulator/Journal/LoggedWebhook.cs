namespace WhatsSession.Emulator;

/// <summary>A webhook that the emulator made, and what became of it so far.</summary>
public sealed record LoggedWebhook
{
    /// <summary>When it was made, on the emulator's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary><c>message:</c> and the type, or <c>status:</c> and the status.</summary>
    public required string Kind { get; init; }

    /// <summary>The phone number id it belongs to.</summary>
    public required string NumberId { get; init; }

    /// <summary>The id of the message it tells about.</summary>
    public required string MessageId { get; init; }

    /// <summary>The HTTP status of the last answer; <see langword="null"/> when there was none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>How often it was delivered; 0 while it waits, or when no consumer was connected.</summary>
    public required int Attempts { get; init; }

    /// <summary>The body.</summary>
    public required string Json { get; init; }
}
