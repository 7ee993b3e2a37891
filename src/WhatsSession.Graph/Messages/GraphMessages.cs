using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using WhatsSession.Messages;
using WhatsSession.Transport;
using WhatsSession.Wire;

namespace WhatsSession;

/// <summary>Messages: <c>/{phone-number-id}/messages</c>. It knows nothing about windows, and it never sends a message again.</summary>
/// <remarks>Thread safe. Each call brings its own token.</remarks>
public sealed class GraphMessages
{
    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    private readonly GraphTransport _transport;
    private readonly ConcurrentDictionary<(PhoneNumberId Number, bool IsMarketing), Uri> _addresses = new();

    internal GraphMessages(GraphTransport transport) => _transport = transport;

    /// <summary>
    /// Posts a message: <c>POST /{version}/{phone-number-id}/messages</c>, or <c>/marketing_messages</c> for a template with
    /// <see cref="TemplateMessage.Marketing"/>. Neither the message nor the window is checked.
    /// </summary>
    /// <param name="conversation">The business number and the recipient.</param>
    /// <param name="message">The message.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was already written, Meta may have the message.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphSendResult> SendAsync(
        ConversationKey conversation, Message message, AccessToken accessToken, CancellationToken cancellationToken = default) =>
        SendAsync(conversation, message, accessToken, new GraphSendOptions(), cancellationToken);

    /// <summary>Posts a message as <see cref="SendAsync(ConversationKey, Message, AccessToken, CancellationToken)"/> does, with options.</summary>
    /// <param name="conversation">The business number and the recipient.</param>
    /// <param name="message">The message.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="options">The other parts of the request.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was already written, Meta may have the message.</param>
    /// <exception cref="ArgumentException">
    /// The message has content that is not uploaded (<see cref="MediaSource.Upload"/>), or the callback data is too long.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphSendResult> SendAsync(
        ConversationKey conversation, Message message, AccessToken accessToken, GraphSendOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(accessToken);
        ArgumentNullException.ThrowIfNull(options);
        CallbackData.ThrowIfLonger(options.CallbackData, CallbackData.MaximumTotalLength, nameof(options));
        var envelope = new MessageEnvelope
        {
            ReplyTo = options.ReplyTo,
            IdentityKeyHash = options.IdentityKeyHash,
            CallbackData = options.CallbackData is { } data ? Encoding.UTF8.GetBytes(data) : default,
            MessagingAccountId = options.MessagingAccountId,
            Deadline = options.Deadline,
        };
        return SendAsync(conversation, message, accessToken, in envelope, cancellationToken);
    }

    /// <summary>
    /// Posts a message as <see cref="SendAsync(ConversationKey, Message, AccessToken, GraphSendOptions, CancellationToken)"/> does, but allocates nothing for
    /// the other parts of the request.
    /// </summary>
    /// <param name="conversation">The business number and the recipient.</param>
    /// <param name="message">The message. Its content must already be uploaded.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="envelope">The other parts of the request.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was already written, Meta may have the message.</param>
    /// <exception cref="ArgumentException">The message has content that is not uploaded (<see cref="MediaSource.Upload"/>).</exception>
    /// <exception cref="OperationCanceledException">
    /// The token was cancelled: <see cref="CancelledBeforeWritingException"/> when nothing of the request was written.
    /// </exception>
    public Task<GraphSendResult> SendAsync(
        ConversationKey conversation, Message message, AccessToken accessToken, in MessageEnvelope envelope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(accessToken);
        var body = Write(conversation, message, in envelope);
        var request = GraphTransport.NewRequest(HttpMethod.Post, AddressFor(conversation.Number, message), accessToken.Bearer);
        request.Content = body;
        return _transport.PostAsync(request, body, accessToken.Bearer, envelope.Deadline, SendAnswer.Reading, cancellationToken);
    }

    /// <summary>Marks a message and those before it as read: <c>POST /{version}/{phone-number-id}/messages</c>. Needs no open window.</summary>
    /// <param name="number">The business number that received it.</param>
    /// <param name="message">The message. It must be received within the last 30 days. In a group only this message is marked, not those before it.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> MarkReadAsync(PhoneNumberId number, MessageId message, AccessToken accessToken, CancellationToken cancellationToken = default) =>
        MarkReadAsync(number, message, accessToken, typing: false, cancellationToken);

    /// <summary>
    /// Marks a message and those before it as read, and can show the typing indicator. Meta hides the indicator when the answer arrives, or after 25 seconds.
    /// </summary>
    /// <param name="number">The business number that received it.</param>
    /// <param name="message">The message. It must be received within the last 30 days. In a group only this message is marked, not those before it.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="typing">Whether to show the typing indicator.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> MarkReadAsync(
        PhoneNumberId number, MessageId message, AccessToken accessToken, bool typing, CancellationToken cancellationToken = default)
    {
        Ids.ThrowIfNone(number);
        Ids.ThrowIfNone(message);
        ArgumentNullException.ThrowIfNull(accessToken);
        return _transport.DoRepeatedlyAsync(
            number.Value + "/messages", writer => MessageWriter.WriteRead(writer, message, typing), accessToken, cancellationToken);
    }

    private static JsonBody Write(ConversationKey conversation, Message message, in MessageEnvelope envelope)
    {
        var writer = _writer ??= new Utf8JsonWriter(Stream.Null, JsonFields.WriterOptions);
        var body = new JsonBody();
        var isWhole = false;
        try
        {
            writer.Reset(body);
            MessageWriter.WriteRequest(writer, conversation, message, in envelope);
            isWhole = true;
            return body;
        }
        finally
        {
            writer.Reset(Stream.Null); // The writer outlives the body and must not hold on to it.
            if (!isWhole)
            {
                body.Dispose();
            }
        }
    }

    private Uri AddressFor(PhoneNumberId number, Message message) =>
        _addresses.GetOrAdd(
            (number, message is TemplateMessage { Marketing: not null }),
            static (key, options) => options.Resolve(key.Number.Value + (key.IsMarketing ? "/marketing_messages" : "/messages")),
            _transport.Options);
}
