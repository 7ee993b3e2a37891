using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>Everything that the store in memory keeps, and the gate to it.</summary>
/// <remarks>
/// <para>The gate guards all of it: work that is given to this type has the store to itself, and no part takes the gate.</para>
/// <para>
/// Without the gate the following may be used, and nothing else. Rows of <see cref="InMemoryWindows"/> are read, raised and armed by compare-and-swap;
/// a row is added, marked or removed under the lock of its <see cref="WindowIndex"/>. Facts beside the rows are written under the gate and read without.
/// <see cref="InMemoryNumbers"/> are found without a lock and added under one of their own; what is known of a number is replaced as a whole, under the gate.
/// <see cref="InMemoryTombstones.Any"/> is volatile, and is set before an erasure takes a row.
/// Methods of <see cref="InMemoryConversations"/> that keep to this say that they need no gate.
/// </para>
/// <para>Whoever holds the gate may take one of the two other locks. Nobody takes the gate, or the second, while holding one of them.</para>
/// </remarks>
internal sealed class InMemoryState
{
#pragma warning disable MA0158 // System.Threading.Lock came with .NET 9, and the library serves .NET 8 too.
    private readonly object _gate = new();
#pragma warning restore MA0158

    public InMemoryState(long maximumLogBytes, long maximumWaitingBytes)
    {
        Tombstones = new InMemoryTombstones(Time);
        Alerts = new InMemoryAlerts(Time);
        Log = new InMemoryLog(maximumLogBytes);
        Windows = new InMemoryWindows(Numbers);
        Inbox = new InMemoryInbox(Time, Tombstones, maximumWaitingBytes);
        Identities = new InMemoryIdentities(Windows);
        Keys = new InMemoryKeys(Time, Identities);
        Held = new InMemoryHeld(Identities, Tombstones, Inbox);
        Sequences = new InMemorySequences(Time, Identities, Tombstones, Inbox);
        Sends = new InMemorySends(Time, Log);
        Copies = new InMemoryCopies(Time, Log, Windows, Identities, Sends);
        Conversations = new InMemoryConversations(Numbers, Windows, Identities, Tombstones, Held, Sends);
        Fallbacks = new InMemoryFallbacks(Time, Identities, Sends);
    }

    public InMemoryTime Time { get; } = new();

    public InMemoryTombstones Tombstones { get; }

    public InMemoryNumbers Numbers { get; } = new();

    public InMemoryIdentities Identities { get; }

    public InMemoryAlerts Alerts { get; }

    public InMemoryKeys Keys { get; }

    public InMemoryLog Log { get; }

    public InMemoryWindows Windows { get; }

    public InMemoryInbox Inbox { get; }

    public InMemoryHeld Held { get; }

    public InMemorySequences Sequences { get; }

    public InMemoryConversations Conversations { get; }

    public InMemorySends Sends { get; }

    public InMemoryFallbacks Fallbacks { get; }

    public InMemoryCopies Copies { get; }

    /// <summary>Does what has a result.</summary>
    /// <param name="argument">What the work needs; work that captures nothing allocates nothing.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Asked once, before the work.</param>
    public ValueTask<TResult> GetAsync<TArgument, TResult>(
        TArgument argument, Func<InMemoryState, TArgument, TResult> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<TResult>(cancellationToken);
        }

        lock (_gate)
        {
            return new(work(this, argument));
        }
    }

    /// <summary>Does what has no result.</summary>
    /// <inheritdoc cref="GetAsync{TArgument, TResult}" />
    public ValueTask DoAsync<TArgument>(TArgument argument, Action<InMemoryState, TArgument> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        lock (_gate)
        {
            work(this, argument);
        }

        return default;
    }

    /// <summary>Reads the facts that decide how a window stands, under the gate only when a row does not tell them all.</summary>
    /// <inheritdoc cref="IWindowSource.TryRead" />
    public bool TryRead(ConversationKey conversation, ref WindowPlace place, out WindowFacts facts)
    {
        if (Conversations.TryRead(conversation, ref place, out facts, out var number))
        {
            return true;
        }

        lock (_gate)
        {
            facts = Conversations.ReadJoined(conversation, number);
            return true;
        }
    }

    /// <summary>Reads a customer's history, newest first.</summary>
    public LoggedMessage[] ReadLog(ConversationKey conversation, Instant? before, int limit)
    {
        List<(InMemoryLogLine Line, IntentState State, MessageId? MessageId)> lines;
        lock (_gate)
        {
            lines = Log.Read(Identities.ReadEveryone(conversation, out var hiddenUntil), hiddenUntil, before, limit);
        }

        // JSON of sends is written here, outside the gate.
        return [.. lines.Select(static entry => entry.Line.ToMessage(entry.State, entry.MessageId))];
    }

    /// <summary>Holds a message, and releases it at once where its customer has written since it was refused.</summary>
    /// <returns>False when the customer was erased since.</returns>
    public bool Hold(HeldMessage held, Instant? seen)
    {
        if (!Held.Hold(held))
        {
            return false;
        }

        if (held.ToReleaseAtOnce(Conversations.Read(held.Intent.Conversation).State, seen) is { } release)
        {
            Inbox.Enqueue(release);
        }

        return true;
    }

    /// <summary>Joins facts that come by themselves, and looks for the alerts of a window that they find open.</summary>
    public void Join(ConversationKey conversation, ConversationState facts, Instant now)
    {
        var erased = Tombstones.Find(conversation.Number, conversation.Party);
        var alerts = new InMemoryQuestions(this, [], now);
        var checkAt = IngestPlan.FirstCheckOf(facts with { Erased = erased }, alerts.FirstCheck, now);
        alerts.Ask(conversation, facts.LastInbound?.ToSecond(), checkAt);
        Conversations.Join(conversation, facts, checkAt);
    }

    /// <summary>Takes the second try of a send.</summary>
    public bool TakeRetry(IntentId intent, MessageId refused, long saveToken)
    {
        var isTaken = Sends.TakeRetry(intent, refused, saveToken);
        if (isTaken && Sends.ConversationOf(intent) is { } sent)
        {
            Copies.LookAgain(sent.Number, refused);
        }

        return isTaken;
    }

    /// <summary>Drops what is older than the retention.</summary>
    public void Forget()
    {
        Inbox.Forget();
        Sends.Forget();
        Copies.Forget();
        Keys.Forget();
        Fallbacks.Forget();
        Sequences.Forget();
        Tombstones.Forget();
    }
}
