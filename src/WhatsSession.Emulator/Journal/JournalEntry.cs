using System.Text;

namespace WhatsSession.Emulator;

/// <summary>The journal's line about one webhook, which grows with every delivery.</summary>
internal sealed class JournalEntry(EventJournal journal, WebhookItem item, DateTimeOffset at)
{
    private readonly object _gate = new();
    private int _attempts;
    private int? _status;

    public void Answered(int? status)
    {
        lock (_gate)
        {
            _attempts++;
            _status = status;
        }

        if (status == 200)
        {
            journal.CountDelivered();
        }

        journal.Tell();
    }

    public LoggedWebhook Snapshot()
    {
        lock (_gate)
        {
            return new()
            {
                At = at,
                Kind = item.Kind,
                NumberId = item.Number?.Id,
                MessageId = item.MessageId,
                StatusCode = _status,
                Attempts = _attempts,
                Json = Encoding.UTF8.GetString(WebhookBody.Compose([item])),
            };
        }
    }
}
