using System.Text;

namespace WhatsSession.Emulator.Journal;

/// <summary>The journal's line about one webhook.</summary>
internal sealed class JournalEntry(long sequence, IJournaledWebhook webhook, DateTimeOffset at)
{
    /// <summary>Its place in the order of all, from 1.</summary>
    public long Sequence => sequence;

    /// <summary>Grows with every delivery. The journal alone reads and changes it, under its lock.</summary>
    public Deliveries Made { get; set; }

    /// <param name="made">The deliveries made when the line was read.</param>
    public LoggedWebhook Describe(Deliveries made) => new()
    {
        Sequence = sequence,
        At = at,
        Kind = webhook.Kind,
        NumberId = webhook.NumberId,
        MessageId = webhook.MessageId,
        StatusCode = made.LastStatus,
        Attempts = made.Count,
        Json = Encoding.UTF8.GetString(webhook.Compose()),
    };

    /// <param name="Count">How many.</param>
    /// <param name="LastStatus">The HTTP status that the last one was answered with; null for no answer.</param>
    internal readonly record struct Deliveries(int Count, int? LastStatus);
}
