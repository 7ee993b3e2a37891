using WhatsSession.Emulator.Http;

namespace WhatsSession.Emulator.Journal;

/// <summary>What happened lately, in order; and counts of everything that ever did.</summary>
/// <param name="changes">Whom to tell.</param>
/// <param name="length">How many requests, and how many webhooks, are kept.</param>
internal sealed class EventJournal(ChangeFeed changes, int length)
{
    /// <summary>Of requests, and of webhooks: so much is kept, however long they are.</summary>
    private const long MostBytes = 64 * 1024 * 1024;

    private readonly object _gate = new();
    private readonly Shelf<LoggedRequest> _requests = new(length);
    private readonly Shelf<JournalEntry> _webhooks = new(length);
    private long _seen;
    private long _made;
    private long _accepted;
    private long _refused;
    private long _templates;
    private long _inbound;
    private long _statuses;
    private long _delivered;

    public IReadOnlyList<LoggedRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests.Kept];
            }
        }
    }

    public IReadOnlyList<LoggedWebhook> Webhooks
    {
        get
        {
            (JournalEntry Entry, JournalEntry.Deliveries Made)[] lines;
            lock (_gate)
            {
                lines = [.. _webhooks.Kept.Select(static e => (e, e.Made))];
            }

            return Array.ConvertAll(lines, static l => l.Entry.Describe(l.Made));
        }
    }

    /// <summary>The latest, newest first.</summary>
    public IReadOnlyList<LoggedWebhook> LatestWebhooks(int count)
    {
        (JournalEntry Entry, JournalEntry.Deliveries Made)[] lines;
        lock (_gate)
        {
            lines = [.. _webhooks.Kept.TakeLast(count).Reverse().Select(static e => (e, e.Made))];
        }

        return Array.ConvertAll(lines, static l => l.Entry.Describe(l.Made));
    }

    /// <summary>The latest, newest first.</summary>
    public IReadOnlyList<LoggedRequest> LatestRequests(int count)
    {
        lock (_gate)
        {
            return [.. _requests.Kept.TakeLast(count).Reverse()];
        }
    }

    /// <summary>A request by its place in the order; null when it is not kept any more.</summary>
    public LoggedRequest? FindRequest(long sequence)
    {
        lock (_gate)
        {
            return _requests.Kept.FirstOrDefault(r => r.Sequence == sequence);
        }
    }

    /// <summary>A webhook by its place in the order; null when it is not kept any more.</summary>
    public LoggedWebhook? FindWebhook(long sequence)
    {
        (JournalEntry Entry, JournalEntry.Deliveries Made) line;
        lock (_gate)
        {
            line = _webhooks.Kept.Where(e => e.Sequence == sequence).Select(static e => (e, e.Made)).FirstOrDefault();
        }

        return line.Entry?.Describe(line.Made);
    }

    public EmulatorTally Tally
    {
        get
        {
            lock (_gate)
            {
                return new()
                {
                    Requests = _seen,
                    Accepted = _accepted,
                    Refused = _refused,
                    TemplatesAccepted = _templates,
                    InboundMessages = _inbound,
                    Statuses = _statuses,
                    WebhooksDelivered = _delivered,
                };
            }
        }
    }

    public void Record(GraphRequest request, GraphAnswer answer, DateTimeOffset at)
    {
        lock (_gate)
        {
            _requests.Keep(request.IsFile ? 0 : request.Body.Length, new()
            {
                Sequence = ++_seen,
                At = at,
                Method = request.Method,
                Path = request.Path,
                NumberId = answer.NumberId,
                To = answer.To,
                Type = answer.Type,
                StatusCode = answer.StatusCode,
                ErrorCode = answer.ErrorCode,
                Reason = answer.Reason,
                MessageId = answer.MessageId,
                Body = request.IsFile ? default : request.Body,
            });
            if (!(answer.WasCarriedOut ?? answer.StatusCode == 200))
            {
                _refused++;
            }
            else if (answer.IsAcceptedMessage)
            {
                _accepted++;
                _templates += answer.Type is "template" ? 1 : 0;
            }
        }

        changes.Tell();
    }

    public JournalEntry Record(IJournaledWebhook webhook, DateTimeOffset at)
    {
        lock (_gate)
        {
            var entry = new JournalEntry(++_made, webhook, at);
            _webhooks.Keep(webhook.Size, entry);
            _statuses += webhook.Array is "statuses" ? 1 : 0;
            _inbound += webhook.Array is "messages" ? 1 : 0;
            return entry;
        }
    }

    /// <summary>Notes a delivery of a webhook.</summary>
    /// <param name="entry">Its line.</param>
    /// <param name="status">The HTTP status of the answer; null for no answer.</param>
    public void Delivered(JournalEntry entry, int? status)
    {
        lock (_gate)
        {
            entry.Made = new(entry.Made.Count + 1, status);
            _delivered += status == 200 ? 1 : 0;
        }

        changes.Tell();
    }

    /// <summary>The latest of a kind; the oldest go.</summary>
    private sealed class Shelf<T>(int length)
    {
        private readonly Queue<(int Size, T Item)> _kept = [];
        private long _bytes;

        public IEnumerable<T> Kept => _kept.Select(static k => k.Item);

        public void Keep(int size, T item)
        {
            _kept.Enqueue((size, item));
            _bytes += size;
            while (_kept.Count > length || (_bytes > MostBytes && _kept.Count > 1))
            {
                _bytes -= _kept.Dequeue().Size;
            }
        }
    }
}
