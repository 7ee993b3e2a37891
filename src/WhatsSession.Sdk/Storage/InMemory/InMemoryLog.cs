using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>The history of every conversation, newest last, within a limit of bytes: above it the oldest lines go.</summary>
internal sealed class InMemoryLog(long maximumBytes)
{
    private readonly Dictionary<ConversationKey, InMemoryLogLine> _newest = [];

    // What may go, oldest first: inbound lines, and sends from when their outcome is known.
    private readonly Queue<InMemoryLogLine> _evictable = new();

    // How many of them left the history in another way.
    private int _gone;

    private long _lastArrival;
    private long _bytes;

    public InMemoryLogLine Add(StoredEvent inbound)
    {
        var line = new InMemoryLogLine(inbound, ++_lastArrival);
        Insert(line);
        MakeEvictable(line);
        return line;
    }

    public InMemoryLogLine Add(SendIntent intent)
    {
        var line = new InMemoryLogLine(intent, ++_lastArrival);
        Insert(line);
        Evict();
        return line;
    }

    /// <summary>What a line said was refused; now it says something else, and its outcome is open again. Its place stays.</summary>
    public void TryAnew(InMemoryLogLine line, SendIntent intent)
    {
        var before = line.Bytes;
        line.TryAnew(intent);
        if (!line.IsRemoved)
        {
            _bytes += line.Bytes - before;
        }
    }

    /// <summary>Lets a line go when the limit is reached: a customer's message, or a send whose outcome is known.</summary>
    public void MakeEvictable(InMemoryLogLine line)
    {
        if (!line.IsEvictable)
        {
            line.IsEvictable = true;
            _evictable.Enqueue(line);
            Evict();
        }
    }

    /// <summary>Takes a line out of the history.</summary>
    public void Drop(InMemoryLogLine line)
    {
        if (!line.IsRemoved)
        {
            Remove(line);
            if (line.IsEvictable && 2 * ++_gone >= _evictable.Count)
            {
                LetGo();
            }
        }
    }

    /// <summary>Removes the history of several conversations. Nothing here keeps what they said.</summary>
    public List<InMemoryLogLine> Remove(IEnumerable<ConversationKey> conversations)
    {
        var removed = new List<InMemoryLogLine>();
        foreach (var conversation in conversations)
        {
            while (_newest.GetValueOrDefault(conversation) is { } line)
            {
                Remove(line);
                removed.Add(line);
            }
        }

        LetGo();
        return removed;
    }

    /// <summary>The lines of several conversations as one history, newest first, each with what is known of it now.</summary>
    /// <param name="conversations">The conversations.</param>
    /// <param name="after">Only lines after this moment; null for all.</param>
    /// <param name="before">Only lines before this moment; null for all.</param>
    /// <param name="limit">The most lines to return.</param>
    public List<(InMemoryLogLine Line, IntentState State, MessageId? MessageId)> Read(
        List<ConversationKey> conversations, Instant? after, Instant? before, int limit)
    {
        var cursors = new InMemoryLogLine?[conversations.Count];
        for (var i = 0; i < cursors.Length; i++)
        {
            cursors[i] = _newest.GetValueOrDefault(conversations[i]);
            while (cursors[i] is { } line && line.At >= before)
            {
                cursors[i] = line.Older;
            }
        }

        var lines = new List<(InMemoryLogLine, IntentState, MessageId?)>();
        while (lines.Count < limit)
        {
            var newest = -1;
            for (var i = 0; i < cursors.Length; i++)
            {
                if (cursors[i] is { } line && (newest < 0 || line.IsNewerThan(cursors[newest]!)))
                {
                    newest = i;
                }
            }

            if (newest < 0 || cursors[newest]!.At <= after)
            {
                break;
            }

            var next = cursors[newest]!;
            lines.Add((next, next.State, next.MessageId));
            cursors[newest] = next.Older;
        }

        return lines;
    }

    /// <summary>The newest line of several conversations that is as asked for; null when there is none.</summary>
    /// <param name="conversations">The conversations.</param>
    /// <param name="since">Only lines from this moment on; null for all.</param>
    /// <param name="match">What is asked for.</param>
    public InMemoryLogLine? FindNewest(List<ConversationKey> conversations, Instant? since, Func<InMemoryLogLine, bool> match)
    {
        InMemoryLogLine? newest = null;
        foreach (var conversation in conversations)
        {
            var line = _newest.GetValueOrDefault(conversation);
            while (line is not null && !(line.At < since) && !match(line))
            {
                line = line.Older;
            }

            if (line is not null && !(line.At < since) && (newest is null || line.IsNewerThan(newest)))
            {
                newest = line;
            }
        }

        return newest;
    }

    private void Insert(InMemoryLogLine line)
    {
        _bytes += line.Bytes;
        if (_newest.TryGetValue(line.Conversation, out var older))
        {
            line.Conversation = older.Conversation; // One copy of its texts is enough.
        }

        if (older is null || line.IsNewerThan(older))
        {
            _newest[line.Conversation] = line;
            Connect(older, line);
            return;
        }

        // Late arrivals are few and mostly only a little late.
        while (older.Older is { } next && !line.IsNewerThan(next))
        {
            older = next;
        }

        Connect(older.Older, line);
        Connect(line, older);
    }

    private void Evict()
    {
        while (_bytes > maximumBytes && _evictable.TryDequeue(out var line))
        {
            if (!line.IsRemoved)
            {
                Remove(line);
            }
        }
    }

    /// <summary>Lets go of the lines that are not part of the history any more, which otherwise stay until the limit is reached.</summary>
    private void LetGo()
    {
        for (var left = _evictable.Count; left > 0; left--)
        {
            if (_evictable.Dequeue() is { IsRemoved: false } line)
            {
                _evictable.Enqueue(line);
            }
        }

        _gone = 0;
    }

    private void Remove(InMemoryLogLine line)
    {
        line.IsRemoved = true;
        _bytes -= line.Bytes;
        if (line.Newer is null)
        {
            if (line.Older is null)
            {
                _newest.Remove(line.Conversation);
            }
            else
            {
                _newest[line.Conversation] = line.Older;
            }
        }

        Connect(line.Older, line.Newer);

        // A send is known for longer than its line is in the history, and must not keep its neighbours.
        line.Older = null;
        line.Newer = null;
    }

    private static void Connect(InMemoryLogLine? older, InMemoryLogLine? newer)
    {
        if (older is not null)
        {
            older.Newer = newer;
        }

        if (newer is not null)
        {
            newer.Older = older;
        }
    }
}
