namespace WhatsSession.Emulator;

/// <summary>Counts since the start. Two are equal when nothing happened between them.</summary>
public sealed record EmulatorTally
{
    /// <summary>Graph requests of every kind.</summary>
    public required long Requests { get; init; }

    /// <summary>Messages accepted with HTTP 200 and an id, including those that fail later.</summary>
    public required long Accepted { get; init; }

    /// <summary>Graph requests answered with an error.</summary>
    public required long Refused { get; init; }

    /// <summary>Accepted template messages, which <see cref="Accepted"/> includes.</summary>
    public required long TemplatesAccepted { get; init; }

    /// <summary>Messages by customers.</summary>
    public required long InboundMessages { get; init; }

    /// <summary>Status webhooks made.</summary>
    public required long Statuses { get; init; }

    /// <summary>Webhooks answered with 200.</summary>
    public required long WebhooksDelivered { get; init; }
}
