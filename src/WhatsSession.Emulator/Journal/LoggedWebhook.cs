namespace WhatsSession.Emulator;

/// <summary>A webhook that the emulator made, and its delivery so far.</summary>
public sealed class LoggedWebhook
{
    /// <summary>Its place in the order in which webhooks were made, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was made, on the emulator's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary><c>message:</c> and the type, <c>status:</c> and the status, or else the field and the event, such as <c>calls:connect</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The phone number id it belongs to; <see langword="null"/> for news of an account, such as a template's.</summary>
    public required string? NumberId { get; init; }

    /// <summary>The id of the message, call or template it tells about.</summary>
    public required string MessageId { get; init; }

    /// <summary>The HTTP status of the last answer; <see langword="null"/> when there was none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>How often it was delivered; 0 while it waits, or when no consumer was connected.</summary>
    public required int Attempts { get; init; }

    /// <summary>The body that the webhook has when it is sent alone and without faults.</summary>
    public required string Json { get; init; }
}
