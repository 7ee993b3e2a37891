namespace WhatsSession.Emulator.Customers;

/// <summary>A message of a customer.</summary>
internal sealed class InboundMessage
{
    public required string Id { get; init; }

    public required EmulatedNumber Number { get; init; }

    public required Person Customer { get; init; }

    /// <summary>In whole seconds, as Meta's timestamps are.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Type { get; init; }

    /// <summary>The id of the business's message that this one answers; null for none.</summary>
    public required string? AnswerTo { get; init; }

    /// <summary>Where it was written; null for the chat with the business alone.</summary>
    public Group? Group { get; init; }

    /// <summary>As it stands in the array <c>messages</c>.</summary>
    public byte[] Element { get; set; } = [];

    /// <summary>Whether the business marked it as read.</summary>
    public bool Read { get; set; }
}
