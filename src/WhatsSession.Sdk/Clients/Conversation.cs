using NodaTime;
using WhatsSession.Clients;
using WhatsSession.Options;
using WhatsSession.Storage;
using WhatsSession.Storage.InMemory;
using WhatsSession.Time;

namespace WhatsSession;

/// <summary>
/// One business number and one customer (or group): the handle to send and to ask. It holds no state;
/// <see cref="ConversationSnapshot"/> is the state at a moment.
/// </summary>
/// <remarks>Thread safe and cheap to make.</remarks>
public sealed class Conversation
{
    private const int PageOfHeld = 100;
    private const int PageOfHistory = 50;

    // Statuses are kept for so long.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(8);

    private readonly NumberSettings _number;
    private readonly ClientParts _parts;
    private readonly SendOptions _defaults;
    private readonly MessageId? _handled;

    // A hint, not state: where a store in memory keeps the conversation.
    private WindowPlace _place;

    internal Conversation(ConversationKey key, NumberSettings number, ClientParts parts)
        : this(key, number, parts, SendOptions.Default)
    {
    }

    /// <param name="key">What it is known by.</param>
    /// <param name="number">The business number.</param>
    /// <param name="parts">What it works with.</param>
    /// <param name="defaults">The options of a send without any, and their author of one that names none.</param>
    /// <param name="handled">The message that is being handled; null outside a handler of messages.</param>
    internal Conversation(ConversationKey key, NumberSettings number, ClientParts parts, SendOptions defaults, MessageId? handled = null)
    {
        Key = key;
        _handled = handled;
        _number = number;
        _parts = parts;
        _defaults = defaults;
    }

    /// <summary>What it is known by.</summary>
    public ConversationKey Key { get; }

    /// <summary>Sends a text if the customer service window is open.</summary>
    /// <param name="text">1 to 4,096 characters.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was written by then, Meta may have the message; its statuses will tell.</param>
    /// <returns>What became of it; expected outcomes do not throw.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SendOutcome> SendAsync(string text, CancellationToken cancellationToken = default) =>
        SendAsync(new TextMessage(text), _defaults, cancellationToken);

    /// <summary>Sends a session message if the customer service window is open.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was written by then, Meta may have the message; its statuses will tell.</param>
    /// <returns>What became of it; expected outcomes do not throw.</returns>
    /// <exception cref="ArgumentException">
    /// A text that has to be JSON is none: of <see cref="RawMessage"/>, data of a flow, <see cref="TemplateMessage.Json"/> or <see cref="PaymentSetting.Raw"/>.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SendOutcome> SendAsync(SessionMessage message, CancellationToken cancellationToken = default) =>
        SendAsync(message, _defaults, cancellationToken);

    /// <summary>
    /// Sends a session message if the customer service window is open, and otherwise the template: once for each closed window, however many callers race.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="orTemplate">The template message to send instead; may be null.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was written by then, Meta may have the message; its statuses will tell.</param>
    /// <returns>What became of it; <see cref="SendOutcome.TemplateSent"/> when the template went.</returns>
    /// <exception cref="ArgumentException">
    /// A text that has to be JSON is none: of <see cref="RawMessage"/>, data of a flow, <see cref="TemplateMessage.Json"/> or <see cref="PaymentSetting.Raw"/>.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SendOutcome> SendAsync(SessionMessage message, TemplateMessage? orTemplate, CancellationToken cancellationToken = default) =>
        SendAsync(message, orTemplate is null ? _defaults : _defaults with { OrTemplate = orTemplate }, cancellationToken);

    /// <summary>Sends a session message with options.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was written by then, Meta may have the message; its statuses will tell.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="ArgumentException">
    /// A text that has to be JSON is none: of <see cref="RawMessage"/>, data of a flow, <see cref="TemplateMessage.Json"/> or <see cref="PaymentSetting.Raw"/>;
    /// or an option of <paramref name="options"/> is out of its range, two contradict each other, or a reaction has <see cref="SendOptions.ReplyTo"/>.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> or <paramref name="options"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SendOutcome> SendAsync(SessionMessage message, SendOptions options, CancellationToken cancellationToken = default) =>
        PostAsync(message, options, cancellationToken);

    /// <summary>Sends a template message, which needs no window.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was written by then, Meta may have the message; its statuses will tell.</param>
    /// <returns>What became of it; <see cref="SendOutcome.Accepted"/> when Meta accepted it.</returns>
    /// <exception cref="ArgumentException">
    /// A text that has to be JSON is none: of <see cref="RawMessage"/>, data of a flow, <see cref="TemplateMessage.Json"/> or <see cref="PaymentSetting.Raw"/>.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SendOutcome> SendAsync(TemplateMessage message, CancellationToken cancellationToken = default) =>
        SendAsync(message, _defaults, cancellationToken);

    /// <summary>Sends a template message with options.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">The options; a fallback makes no sense here and is an <see cref="ArgumentException"/>.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was written by then, Meta may have the message; its statuses will tell.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="options"/> names a fallback, or an option is out of its range; or a text that has to be JSON is none.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> or <paramref name="options"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SendOutcome> SendAsync(TemplateMessage message, SendOptions options, CancellationToken cancellationToken = default) =>
        SendWithoutWindowAsync(message, options, cancellationToken);

    /// <summary>Sends a message by Direct Send, which needs no window.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was written by then, Meta may have the message; its statuses will tell.</param>
    /// <returns>What became of it; <see cref="SendOutcome.Accepted"/> when Meta accepted it.</returns>
    /// <exception cref="ArgumentException">
    /// A text that has to be JSON is none: of <see cref="RawMessage"/>, data of a flow, <see cref="TemplateMessage.Json"/> or <see cref="PaymentSetting.Raw"/>.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SendOutcome> SendAsync(DirectSendMessage message, CancellationToken cancellationToken = default) =>
        SendAsync(message, _defaults, cancellationToken);

    /// <summary>Sends a message by Direct Send with options.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">The options; a fallback makes no sense here and is an <see cref="ArgumentException"/>.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was written by then, Meta may have the message; its statuses will tell.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="options"/> names a fallback, or an option is out of its range; or a text that has to be JSON is none.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> or <paramref name="options"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SendOutcome> SendAsync(DirectSendMessage message, SendOptions options, CancellationToken cancellationToken = default) =>
        SendWithoutWindowAsync(message, options, cancellationToken);

    /// <summary>Shows the customer that this message and those before it were read. Needs no window. In a group it marks this message alone.</summary>
    /// <param name="messageId">Meta's id of the customer's message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether Meta did it.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> MarkReadAsync(MessageId messageId, CancellationToken cancellationToken = default) =>
        MarkReadAsync(messageId, typing: false, cancellationToken);

    /// <summary>
    /// Shows the customer that this message and those before it were read and, if wished, that an answer is being typed: until it comes, or for 25 seconds.
    /// </summary>
    /// <param name="messageId">Meta's id of the customer's message.</param>
    /// <param name="typing">Whether to show the typing indicator.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether Meta did it.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> MarkReadAsync(MessageId messageId, bool typing, CancellationToken cancellationToken = default)
    {
        ThrowIfNone(messageId);
        return _parts.Graph.Messages.MarkReadAsync(Key.Number, messageId, _number.Token, typing, cancellationToken);
    }

    /// <summary>How the customer service window stands now.</summary>
    /// <returns>The window; <see cref="WindowState.Unknown"/> when there is not enough history or the store cannot be read.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<WindowStatus> GetWindowAsync(CancellationToken cancellationToken = default) =>
        _parts.Reads.GetWindowAsync(Key, ref _place, cancellationToken);

    /// <summary>All that is known of the conversation now: what opened its window, what was answered, the free entry point window.</summary>
    /// <returns>The snapshot; <see cref="ConversationSnapshot.StoreAvailable"/> is false when the store cannot be read.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<ConversationSnapshot> GetSnapshotAsync(CancellationToken cancellationToken = default) => _parts.Reads.ReadAsync(Key, cancellationToken);

    /// <summary>What the statuses have told of a message so far.</summary>
    /// <param name="messageId">Meta's id of the message, from the outcome of its send.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public ValueTask<MessageDelivery> GetDeliveryAsync(MessageId messageId, CancellationToken cancellationToken = default)
    {
        ThrowIfNone(messageId);
        return _parts.Sends.ReadDeliveryAsync(Key.Number, messageId, cancellationToken);
    }

    /// <summary>Waits until a message was delivered, read, played or failed. May be called in a handler: statuses are taken in meanwhile.</summary>
    /// <param name="messageId">Meta's id of the message, from the outcome of its send.</param>
    /// <param name="timeout">How long to wait, on the registered <see cref="TimeProvider"/>; zero to only look.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// What is known then, or when the time was over: <see cref="MessageDelivery.IsDelivered"/> and <see cref="MessageDelivery.IsFailed"/> tell which.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative or longer than 8 days, for which statuses are kept.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MessageDelivery> WaitForDeliveryAsync(MessageId messageId, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ThrowIfNone(messageId);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, LongestWait);
        return _parts.Waits.WaitAsync(Key.Number, messageId, timeout, cancellationToken);
    }

    /// <inheritdoc cref="WaitForDeliveryAsync(MessageId, TimeSpan, CancellationToken)" />
    public Task<MessageDelivery> WaitForDeliveryAsync(MessageId messageId, Duration timeout, CancellationToken cancellationToken = default) =>
        WaitForDeliveryAsync(messageId, timeout.ToTimeSpanOrThrow(), cancellationToken);

    /// <summary>
    /// Waits for the customer's next message, reactions too: in a handler of messages for the first after the one that it handles, elsewhere for the first that
    /// comes from now on; there begin the wait before you send what is to be answered. The message goes to the handlers as every other one, with
    /// <see cref="Received{TEvent}.WasAwaited"/>, and to one wait alone. Nothing of the wait is kept: it ends with the process.
    /// </summary>
    /// <param name="timeout">
    /// How long to wait, on the registered <see cref="TimeProvider"/>: in a handler at most its time-out (<see cref="DispatchOptions.HandlerTimeout"/>,
    /// 2 minutes by default), elsewhere at most 8 days.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The message; null when the time was over. Its <see cref="CustomerEvent.Contact"/> is null when it came before the wait, or to another host.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is out of its range.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MessageReceived?> WaitForReplyAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        var most = ReferenceEquals(_defaults, SendOptions.InHandler) ? _parts.HandlerTimeout : LongestWait;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, most);
        return _parts.Replies.WaitAsync(Key, _handled, timeout, cancellationToken);
    }

    /// <inheritdoc cref="WaitForReplyAsync(TimeSpan, CancellationToken)" />
    public Task<MessageReceived?> WaitForReplyAsync(Duration timeout, CancellationToken cancellationToken = default) =>
        WaitForReplyAsync(timeout.ToTimeSpanOrThrow(), cancellationToken);

    /// <summary>
    /// The first 100 messages that are held until the customer reopens the window, oldest first. <see cref="ReadHeldMessagesAsync"/> reads all.
    /// </summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public ValueTask<IReadOnlyList<HeldMessage>> ListHeldMessagesAsync(CancellationToken cancellationToken = default) =>
        ListHeldMessagesAsync(PageOfHeld, cancellationToken);

    /// <summary>
    /// The first messages that are held until the customer reopens the window, oldest first. <see cref="ReadHeldMessagesAsync"/> reads all.
    /// </summary>
    /// <param name="limit">The most messages to return: 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public ValueTask<IReadOnlyList<HeldMessage>> ListHeldMessagesAsync(int limit, CancellationToken cancellationToken = default)
    {
        ThrowIfOutOfRange(limit);
        return _parts.HeldStore.ListHeldAsync(Key, after: null, limit, cancellationToken);
    }

    /// <summary>
    /// Reads all messages that are held until the customer reopens the window, oldest first. They are loaded page by page, so that memory holds few at once.
    /// </summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <exception cref="StoreUnavailableException">While reading: the store cannot be read.</exception>
    public IAsyncEnumerable<HeldMessage> ReadHeldMessagesAsync(CancellationToken cancellationToken = default) =>
        ListPage.ReadAllAsync<HeldMessage>((after, token) => _parts.HeldStore.ListHeldAsync(Key, after, PageOfHeld, token), cancellationToken);

    /// <summary>Gives up a held message.</summary>
    /// <param name="heldMessage">Its id, from <see cref="SendOutcome.WindowClosed.HeldMessage"/> or a list of them.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when it is not held for this customer (any more): sent, expired or cancelled before.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<bool> CancelHeldMessageAsync(IntentId heldMessage, CancellationToken cancellationToken = default) =>
        _parts.Held.CancelAsync(Key, heldMessage, cancellationToken);

    /// <summary>
    /// The templates that can be sent in this conversation now, for a person to choose from:
    /// those of the number's account that are approved, without authentication templates for a business-scoped user id, and without authentication,
    /// commerce and call templates for a group.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The templates in all their languages. Kept for a minute, or until a webhook tells of a change.</returns>
    /// <exception cref="InvalidOperationException">The options name no WhatsApp Business Account for the number.</exception>
    /// <exception cref="GraphErrorException">Meta refused the request, or could not be reached.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<IReadOnlyList<TemplateDefinition>> ListUsableTemplatesAsync(CancellationToken cancellationToken = default) =>
        _parts.Templates.ListUsableAsync(_number, Key, cancellationToken);

    /// <summary>
    /// Notes a customer's message that another system received, so that the window is known before webhooks tell of it, held messages go, and a window that is
    /// still open has its alerts. Handlers of messages are not called, and nothing enters the history.
    /// </summary>
    /// <param name="at">When the customer wrote. A time in the future counts as at most five minutes from now, one before 1970 as 1970.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask RecordCustomerMessageAsync(Instant at, CancellationToken cancellationToken = default) =>
        _parts.Conversations.JoinAsync(Key, _parts.InboundAt(at), _parts.Latest, cancellationToken);

    /// <summary>
    /// Erases what the store keeps of the conversation, under every identifier that is known to be the same customer:
    /// the window, the messages of both sides and their delivery, events that wait or were parked,
    /// quarantined webhooks that name the customer, held messages, claims and idempotency keys. Cannot be undone.
    /// What is with Meta, in logs or in backups stays.
    /// </summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <remarks>
    /// For 8 days keyed hashes of the identifiers and message ids stay, so that what Meta delivers again does not come back.
    /// What the customer writes afterwards is a new conversation.
    /// </remarks>
    /// <exception cref="StoreUnavailableException">
    /// The store cannot be reached; or the conversation is erased, but its bytes can still be read in the store's files, and the message says so: call again.
    /// </exception>
    public ValueTask EraseAsync(CancellationToken cancellationToken = default) => _parts.Conversations.EraseAsync(Key, _parts.Earliest, cancellationToken);

    /// <summary>The last 50 messages of both sides, newest first.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public ValueTask<IReadOnlyList<HistoryMessage>> GetHistoryAsync(CancellationToken cancellationToken = default) =>
        ReadHistoryAsync(before: null, PageOfHistory, cancellationToken);

    /// <summary>The messages of both sides, newest first.</summary>
    /// <param name="limit">The most messages to return: 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public ValueTask<IReadOnlyList<HistoryMessage>> GetHistoryAsync(int limit, CancellationToken cancellationToken = default) =>
        ReadHistoryAsync(before: null, limit, cancellationToken);

    /// <summary>The messages of both sides before a moment, newest first: the next page.</summary>
    /// <param name="before">Exclusive.</param>
    /// <param name="limit">The most messages to return: 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public ValueTask<IReadOnlyList<HistoryMessage>> GetHistoryAsync(Instant before, int limit, CancellationToken cancellationToken = default) =>
        ReadHistoryAsync(before, limit, cancellationToken);

    /// <summary>A form for logs.</summary>
    public override string ToString() => Key.ToString();

    internal Task<SendOutcome> ReplyAsync(SessionMessage message, SendOptions options, IntentId id, CancellationToken cancellationToken) =>
        _parts.Pipeline.ReplyAsync(_number, Key, message, Signed(options), id, cancellationToken);

    private Task<SendOutcome> PostAsync(Message message, SendOptions? options, CancellationToken cancellationToken) =>
        _parts.Pipeline.SendAsync(_number, Key, message, Signed(options!), cancellationToken);

    /// <summary>The options with their author, where they name none.</summary>
    private SendOptions Signed(SendOptions options) => options is { By: null } && _defaults.By is { } author ? options with { By = author } : options;

    private Task<SendOutcome> SendWithoutWindowAsync(Message message, SendOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.OrTemplate is null
            ? PostAsync(message, options, cancellationToken)
            : throw new ArgumentException("This message needs no window, so it has no fallback; leave OrTemplate out.", nameof(options));
    }

    private async ValueTask<IReadOnlyList<HistoryMessage>> ReadHistoryAsync(Instant? before, int limit, CancellationToken cancellationToken)
    {
        ThrowIfOutOfRange(limit);
        var lines = await _parts.Conversations.ReadLogAsync(Key, before, limit, cancellationToken).ConfigureAwait(false);
        MessageId[] sent = [.. lines.Where(static line => !line.IsInbound).Select(static line => line.MessageId).OfType<MessageId>()];
        var deliveries = sent.Length == 0 ? [] : await _parts.Sends.ReadDeliveriesAsync(Key.Number, sent, cancellationToken).ConfigureAwait(false);
        var next = 0;
        return [.. lines.Select(line => new HistoryMessage(line, line is { IsInbound: false, MessageId: not null } ? deliveries[next++] : null))];
    }

    private static void ThrowIfNone(MessageId messageId)
    {
        if (messageId == default)
        {
            throw new ArgumentException("There is no message id.", nameof(messageId));
        }
    }

    private static void ThrowIfOutOfRange(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
    }
}
