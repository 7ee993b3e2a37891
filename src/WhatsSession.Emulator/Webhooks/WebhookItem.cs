namespace WhatsSession.Emulator;

/// <summary>A webhook on its way. The pump alone changes it.</summary>
internal sealed class WebhookItem
{
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public required string Kind { get; init; }

    public required string NumberId { get; init; }

    public required string MessageId { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>Completes when the webhook may leave.</summary>
    public required Task Ready { get; init; }

    /// <summary>Completes after the first delivery and its immediate retry, whatever came of them.</summary>
    public Task Tried => _tried.Task;

    public JournalEntry? Entry { get; set; }

    public TimeSpan NextWait { get; set; }

    public DateTimeOffset? FirstTry { get; set; }

    public void MarkTried() => _tried.TrySetResult();

    public void Abandon() => _tried.TrySetCanceled();
}
