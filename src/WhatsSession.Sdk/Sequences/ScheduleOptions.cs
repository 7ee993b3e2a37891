namespace WhatsSession;

/// <summary>How a scheduled message is sent.</summary>
/// <remarks>Immutable; equality is by value. <see cref="ToString"/> shows no content.</remarks>
public sealed record ScheduleOptions
{
    /// <summary>The template message to send when the window is closed at that time.</summary>
    /// <value>Null by default: none.</value>
    public TemplateMessage? OrTemplate { get; init; }

    /// <summary>Whether the message is cancelled when the customer writes, reacts or calls before it goes.</summary>
    /// <value>False by default.</value>
    public bool CancelWhenAnswered { get; init; }

    /// <summary>The kind, without content.</summary>
    public override string ToString() => nameof(ScheduleOptions);
}
