using NodaTime;
using WhatsSession.Clients;
using WhatsSession.Options;
using WhatsSession.Sending;
using WhatsSession.Storage;
using WhatsSession.Storage.InMemory;
using WhatsSession.Time;

namespace WhatsSession;

/// <summary>
/// The conversation of one business number with one customer (or group). Use it to send messages and to read the state. It is a handle and holds no state;
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
    private readonly HandledEvent? _handled;

    // A hint, not state: where a store in memory keeps the conversation.
    private WindowPlace _place;

    /// <param name="key">What it is known by.</param>
    /// <param name="number">The business number.</param>
    /// <param name="parts">What it works with.</param>
    /// <param name="defaults">The options of a send without any, and their author of one that names none; null for the usual ones.</param>
    /// <param name="handled">The event that is being handled; null outside a handler.</param>
    internal Conversation(ConversationKey key, NumberSettings number, ClientParts parts, SendOptions? defaults = null, HandledEvent? handled = null)
    {
        Key = key;
        _handled = handled;
        _number = number;
        _parts = parts;
        _defaults = defaults ?? SendOptions.Default;
    }

    /// <summary>What it is known by.</summary>
    public ConversationKey Key { get; }

    /// <summary>What its extensions work with, and the event that is being handled.</summary>
    internal (ClientParts Parts, HandledEvent? Handled) Inside => (_parts, _handled);

    /// <summary>Sends a text if the customer service window is open.</summary>
    /// <param name="text">1 to 4,096 characters.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was already written, Meta may have the message; its statuses will tell.</param>
    /// <returns>The outcome. Expected outcomes do not throw.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SendOutcome> SendAsync(string text, CancellationToken cancellationToken = default) =>
        SendAsync(new TextMessage(text), _defaults, cancellationToken);

    /// <summary>Sends a session message if the customer service window is open.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was already written, Meta may have the message; its statuses will tell.</param>
    /// <returns>The outcome. Expected outcomes do not throw.</returns>
    /// <exception cref="ArgumentException">
    /// A text is not valid JSON: of <see cref="RawMessage"/>, data of a flow, <see cref="TemplateMessage.Json"/> or <see cref="PaymentSetting.Raw"/>.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SendOutcome> SendAsync(SessionMessage message, CancellationToken cancellationToken = default) =>
        SendAsync(message, _defaults, cancellationToken);

    /// <summary>
    /// Sends a session message if the customer service window is open. Otherwise it sends the template, but only once for each closed window, even when
    /// several callers send at the same time.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="orTemplate">The template message to send instead; may be null.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was already written, Meta may have the message; its statuses will tell.</param>
    /// <returns>The outcome; <see cref="SendOutcome.TemplateSent"/> when the template was sent.</returns>
    /// <exception cref="ArgumentException">
    /// A text is not valid JSON: of <see cref="RawMessage"/>, data of a flow, <see cref="TemplateMessage.Json"/> or <see cref="PaymentSetting.Raw"/>.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SendOutcome> SendAsync(SessionMessage message, TemplateMessage? orTemplate, CancellationToken cancellationToken = default) =>
        SendAsync(message, orTemplate is null ? _defaults : _defaults with { OrTemplate = orTemplate }, cancellationToken);

    /// <summary>Sends a session message with options.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was already written, Meta may have the message; its statuses will tell.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="ArgumentException">
    /// A text is not valid JSON: of <see cref="RawMessage"/>, data of a flow, <see cref="TemplateMessage.Json"/> or <see cref="PaymentSetting.Raw"/>; or an
    /// option of <paramref name="options"/> is out of its range, two contradict each other, or a reaction has <see cref="SendOptions.ReplyTo"/>.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> or <paramref name="options"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SendOutcome> SendAsync(SessionMessage message, SendOptions options, CancellationToken cancellationToken = default) =>
        PostAsync(message, options, cancellationToken);

    /// <summary>Sends a template message. It needs no open window.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was already written, Meta may have the message; its statuses will tell.</param>
    /// <returns>The outcome; <see cref="SendOutcome.Accepted"/> when Meta accepted the message.</returns>
    /// <exception cref="ArgumentException">
    /// A text is not valid JSON: of <see cref="RawMessage"/>, data of a flow, <see cref="TemplateMessage.Json"/> or <see cref="PaymentSetting.Raw"/>.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SendOutcome> SendAsync(TemplateMessage message, CancellationToken cancellationToken = default) =>
        SendAsync(message, _defaults, cancellationToken);

    /// <summary>Sends a template message with options.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">The options. They must not have a fallback, because the message needs no window.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was already written, Meta may have the message; its statuses will tell.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="options"/> names a fallback, an option is out of its range, or a text that must be JSON is not valid JSON.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> or <paramref name="options"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SendOutcome> SendAsync(TemplateMessage message, SendOptions options, CancellationToken cancellationToken = default) =>
        SendWithoutWindowAsync(message, options, cancellationToken);

    /// <summary>Sends a message by Direct Send. It needs no open window.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was already written, Meta may have the message; its statuses will tell.</param>
    /// <returns>The outcome; <see cref="SendOutcome.Accepted"/> when Meta accepted the message.</returns>
    /// <exception cref="ArgumentException">
    /// A text is not valid JSON: of <see cref="RawMessage"/>, data of a flow, <see cref="TemplateMessage.Json"/> or <see cref="PaymentSetting.Raw"/>.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SendOutcome> SendAsync(DirectSendMessage message, CancellationToken cancellationToken = default) =>
        SendAsync(message, _defaults, cancellationToken);

    /// <summary>Sends a message by Direct Send with options.</summary>
    /// <param name="message">The message.</param>
    /// <param name="options">The options. They must not have a fallback, because the message needs no window.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was already written, Meta may have the message; its statuses will tell.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="options"/> names a fallback, an option is out of its range, or a text that must be JSON is not valid JSON.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> or <paramref name="options"/> is null.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SendOutcome> SendAsync(DirectSendMessage message, SendOptions options, CancellationToken cancellationToken = default) =>
        SendWithoutWindowAsync(message, options, cancellationToken);

    /// <summary>Marks this message and those before it as read. It needs no open window. In a group it marks only this message.</summary>
    /// <param name="messageId">Meta's id of the customer's message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether Meta accepted the request.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> MarkReadAsync(MessageId messageId, CancellationToken cancellationToken = default) =>
        MarkReadAsync(messageId, typing: false, cancellationToken);

    /// <summary>
    /// Marks this message and those before it as read, and can show the typing indicator. Meta hides the indicator when the answer arrives, or after 25
    /// seconds.
    /// </summary>
    /// <param name="messageId">Meta's id of the customer's message.</param>
    /// <param name="typing">Whether to show the typing indicator.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether Meta accepted the request.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> MarkReadAsync(MessageId messageId, bool typing, CancellationToken cancellationToken = default)
    {
        ThrowIfNone(messageId);
        return _parts.Graph.Messages.MarkReadAsync(Key.Number, messageId, _number.Token, typing, cancellationToken);
    }

    internal ConversationReads Reads => _parts.Reads;

    /// <summary>How the customer service window stands now.</summary>
    /// <returns>The window; <see cref="WindowState.Unknown"/> when there is not enough history or the store cannot be read.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<WindowStatus> GetWindowAsync(CancellationToken cancellationToken = default) =>
        _parts.Reads.GetWindowAsync(Key, ref _place, cancellationToken);

    /// <summary>All that is known about the conversation now: what opened its window, what was answered, and the free entry point window.</summary>
    /// <returns>The snapshot; <see cref="ConversationSnapshot.StoreAvailable"/> is false when the store cannot be read.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<ConversationSnapshot> GetSnapshotAsync(CancellationToken cancellationToken = default) => _parts.Reads.ReadAsync(Key, cancellationToken);

    /// <summary>The delivery of a message, as its statuses have told it so far.</summary>
    /// <param name="messageId">Meta's id of the message, from the outcome of its send.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public ValueTask<MessageDelivery> GetDeliveryAsync(MessageId messageId, CancellationToken cancellationToken = default)
    {
        ThrowIfNone(messageId);
        return _parts.Sends.ReadDeliveryAsync(Key.Number, messageId, cancellationToken);
    }

    /// <summary>Waits until a message is delivered, read, played or failed. It may be called in a handler: statuses are processed meanwhile.</summary>
    /// <param name="messageId">Meta's id of the message, from the outcome of its send.</param>
    /// <param name="timeout">How long to wait, measured by the registered <see cref="TimeProvider"/>. With zero it returns at once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// What is known then, or when the time is over. <see cref="MessageDelivery.IsDelivered"/> and <see cref="MessageDelivery.IsFailed"/> tell the result.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative or longer than 8 days. Statuses are kept for 8 days.</exception>
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
    /// Waits for the customer's next message; a reaction counts too. In a message handler this is the first message after the one that is being handled.
    /// Elsewhere it is the first message that arrives from now on, so start the wait before you send the question. The message also goes to the handlers like
    /// every other message, with <see cref="Received{TEvent}.WasAwaited"/> set. Only one wait gets it. The wait is not stored: it ends with the process.
    /// </summary>
    /// <param name="timeout">
    /// How long to wait, measured by the registered <see cref="TimeProvider"/>. In a handler this is at most the handler's time-out
    /// (<see cref="DispatchOptions.HandlerTimeout"/>, 2 minutes by default); elsewhere it is at most 8 days.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The message, or null when the time is over. Its <see cref="CustomerEvent.Contact"/> is null if the message arrived before the wait started, or at
    /// another host.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is out of its range.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MessageReceived?> WaitForReplyAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        var most = ReferenceEquals(_defaults, SendOptions.InHandler) ? _parts.HandlerTimeout : LongestWait;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, most);
        return _parts.Replies.WaitAsync(Key, _handled?.Point.Message, timeout, cancellationToken);
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
    /// <param name="limit">The maximum number of messages to return: 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public ValueTask<IReadOnlyList<HeldMessage>> ListHeldMessagesAsync(int limit, CancellationToken cancellationToken = default)
    {
        ThrowIfOutOfRange(limit);
        return _parts.HeldStore.ListHeldAsync(Key, after: null, limit, cancellationToken);
    }

    /// <summary>
    /// Reads all messages that are held until the customer reopens the window, oldest first. They are loaded in pages, so only a few are in memory at once.
    /// </summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <exception cref="StoreUnavailableException">While reading: the store cannot be read.</exception>
    public IAsyncEnumerable<HeldMessage> ReadHeldMessagesAsync(CancellationToken cancellationToken = default) =>
        ListPage.ReadAllAsync<HeldMessage>((after, token) => _parts.HeldStore.ListHeldAsync(Key, after, PageOfHeld, token), cancellationToken);

    /// <summary>Cancels a held message, so that it is not sent.</summary>
    /// <param name="heldMessage">
    /// Its id, from <see cref="SendOutcome.WindowClosed.HeldMessage"/> or from <see cref="ListHeldMessagesAsync(CancellationToken)"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when no such message is held for this customer, for example because it was already sent, expired or cancelled.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask<bool> CancelHeldMessageAsync(IntentId heldMessage, CancellationToken cancellationToken = default) =>
        _parts.Held.CancelAsync(Key, heldMessage, cancellationToken);

    /// <summary>
    /// The templates that can be sent in this conversation now, so that a person can choose one. These are the approved templates of the number's account. For
    /// a customer with a business-scoped user id the authentication templates are left out. For a group the authentication, commerce and call templates are
    /// left out.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The templates in all their languages. The list is cached for a minute, or until a webhook reports a change.</returns>
    /// <exception cref="InvalidOperationException">The options name no WhatsApp Business Account for the number.</exception>
    /// <exception cref="GraphErrorException">Meta refused the request, or could not be reached.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<IReadOnlyList<TemplateDefinition>> ListUsableTemplatesAsync(CancellationToken cancellationToken = default) =>
        _parts.Templates.ListUsableAsync(_number, Key, cancellationToken);

    /// <summary>
    /// Records a customer's message that another system received. After that the window is known without a webhook, held messages are sent, and a window that
    /// is still open raises its alerts. Message handlers are not called, and nothing is added to the history.
    /// </summary>
    /// <param name="at">When the customer wrote. A time in the future counts as at most five minutes from now. A time before 1970 counts as 1970.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public ValueTask RecordCustomerMessageAsync(Instant at, CancellationToken cancellationToken = default) =>
        _parts.Conversations.JoinAsync(Key, _parts.InboundAt(at), _parts.Latest, cancellationToken);

    /// <summary>
    /// Erases what the store keeps about the conversation, under every identifier that is known to belong to the same customer: the window, the messages of
    /// both sides and their delivery, events that wait or are parked, quarantined webhooks that name the customer, held and scheduled messages, sequences,
    /// claims and idempotency keys. It cannot be undone. Data at Meta, in logs and in backups is not erased.
    /// </summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <remarks>
    /// Keyed hashes of the identifiers and message ids are kept for 8 days, so that nothing comes back when Meta delivers a webhook again. What the customer
    /// writes later starts a new conversation.
    /// </remarks>
    /// <exception cref="StoreUnavailableException">
    /// The store cannot be reached. Or the conversation is erased, but its bytes can still be read in the store's files; the message then says so. Call again
    /// in both cases.
    /// </exception>
    public ValueTask EraseAsync(CancellationToken cancellationToken = default) => _parts.Conversations.EraseAsync(Key, _parts.Earliest, cancellationToken);

    /// <summary>The last 50 messages of both sides, newest first.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public ValueTask<IReadOnlyList<HistoryMessage>> GetHistoryAsync(CancellationToken cancellationToken = default) =>
        ReadHistoryAsync(before: null, PageOfHistory, cancellationToken);

    /// <summary>The messages of both sides, newest first.</summary>
    /// <param name="limit">The maximum number of messages to return: 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public ValueTask<IReadOnlyList<HistoryMessage>> GetHistoryAsync(int limit, CancellationToken cancellationToken = default) =>
        ReadHistoryAsync(before: null, limit, cancellationToken);

    /// <summary>The messages of both sides before a given time, newest first. Use it to read the next page.</summary>
    /// <param name="before">Only messages before this time are returned (exclusive).</param>
    /// <param name="limit">The maximum number of messages to return: 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public ValueTask<IReadOnlyList<HistoryMessage>> GetHistoryAsync(Instant before, int limit, CancellationToken cancellationToken = default) =>
        ReadHistoryAsync(before, limit, cancellationToken);

    /// <summary>A form for logs.</summary>
    public override string ToString() => Key.ToString();

    internal Task<SendOutcome> ReplyAsync(SessionMessage message, SendOptions options, IntentId id, CancellationToken cancellationToken) =>
        _parts.Pipeline.ReplyAsync(_number, Key, message, options.In(_defaults, _handled?.Point), id, cancellationToken);

    internal ValueTask<bool> IsOvertakenAsync(CancellationToken cancellationToken) =>
        _parts.Conversations.HasNewerInboundAsync(Key, _handled?.Point ?? default, cancellationToken);

    private Task<SendOutcome> PostAsync(Message message, SendOptions? options, CancellationToken cancellationToken) =>
        _parts.Pipeline.SendAsync(_number, Key, message, options?.In(_defaults, _handled?.Point)!, cancellationToken);

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
