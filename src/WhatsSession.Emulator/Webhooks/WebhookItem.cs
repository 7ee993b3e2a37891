using WhatsSession.Emulator.Journal;

namespace WhatsSession.Emulator.Webhooks;

/// <summary>One update on its way to the business. The pump alone changes it.</summary>
internal sealed class WebhookItem : IJournaledWebhook
{
    public const string Messages = "messages";

    private TaskCompletionSource? _tried;

    /// <summary>What the journal calls it.</summary>
    public required string Kind { get; init; }

    /// <summary>The account in <c>entry.id</c>.</summary>
    public required string AccountId { get; init; }

    /// <summary>The business number; null for news of an account.</summary>
    public EmulatedNumber? Number { get; init; }

    public string? NumberId => Number?.Id;

    public required string MessageId { get; init; }

    /// <summary>The subscribed field it belongs to.</summary>
    public string Field { get; init; } = Messages;

    /// <summary>The sender or the recipient, as an element of <c>contacts</c>; null for none.</summary>
    public byte[]? Contact { get; init; }

    /// <summary>The name of the array that <see cref="Element"/> belongs to; null when it is the whole value.</summary>
    public required string? Array { get; init; }

    /// <summary>The update itself.</summary>
    public required byte[] Element { get; init; }

    /// <summary>For one webhook that tells several things: these, in place of the element.</summary>
    public IReadOnlyList<WebhookItem> Parts { get; init; } = [];

    /// <summary>Completes when the webhook may leave.</summary>
    public Task Ready { get; init; } = Task.CompletedTask;

    /// <summary>Completes after the first delivery and its immediate retry, whatever came of them, or when a fault puts it off.</summary>
    public Task Tried => (_tried ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public JournalEntry? Entry { get; set; }

    public TimeSpan NextWait { get; set; }

    public DateTimeOffset? FirstTry { get; set; }

    public int Size => Element.Length + (Contact?.Length ?? 0) + Parts.Sum(static p => p.Size);

    public byte[] Compose() => WebhookBody.Compose([this]);

    public void MarkTried() => _tried?.TrySetResult();

    public void Abandon() => _tried?.TrySetCanceled();
}
