using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>The thin typed client of Meta's Graph API: one method a request, no state, no retry. It does not know of windows.</summary>
/// <remarks>Thread safe. It holds no token: each call brings its own, so one number's token never travels with another's request.</remarks>
public sealed partial class GraphClient
{
    internal static readonly string UserAgent = "WhatsSession/" + (typeof(GraphClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0");

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    private readonly HttpClient _http;
    private readonly GraphClientOptions _options;
    private readonly ConcurrentDictionary<(PhoneNumberId Number, bool IsMarketing), Uri> _messageAddresses = new();

    /// <summary>Makes a client.</summary>
    /// <param name="httpClient">Used for every request; its base address and default headers are not touched.</param>
    /// <param name="options">Where the API is.</param>
    public GraphClient(HttpClient httpClient, GraphClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(httpClient);
        ArgumentNullException.ThrowIfNull(options);
        _http = httpClient;
        _uploads = httpClient;
        _options = options;
    }

    /// <summary>Posts a message: <c>POST /{version}/{phone-number-id}/messages</c>, or <c>/marketing_messages</c> for a template with <see cref="TemplateMessage.Marketing"/>. The message is not checked and the window is not asked.</summary>
    /// <param name="conversation">The business number and the recipient.</param>
    /// <param name="message">The message.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was written by then, Meta may have the message.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphSendResult> SendMessageAsync(ConversationKey conversation, Message message, AccessToken accessToken, CancellationToken cancellationToken = default) =>
        SendMessageAsync(conversation, message, accessToken, new GraphSendOptions(), cancellationToken);

    /// <summary>Posts a message as <see cref="SendMessageAsync(ConversationKey, Message, AccessToken, CancellationToken)"/> does, with options.</summary>
    /// <param name="conversation">The business number and the recipient.</param>
    /// <param name="message">The message.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="options">What the request says beside the message.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was written by then, Meta may have the message.</param>
    /// <exception cref="ArgumentException">The message has content that is not uploaded (<see cref="MediaSource.Upload"/>), or the callback data is too long.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphSendResult> SendMessageAsync(ConversationKey conversation, Message message, AccessToken accessToken, GraphSendOptions options, CancellationToken cancellationToken = default)
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
            Deadline = options.Deadline,
        };
        return SendMessageAsync(conversation, message, accessToken, in envelope, cancellationToken);
    }

    /// <summary>Posts a message as <see cref="SendMessageAsync(ConversationKey, Message, AccessToken, GraphSendOptions, CancellationToken)"/> does, and allocates nothing for what it says beside the message.</summary>
    /// <param name="conversation">The business number and the recipient.</param>
    /// <param name="message">The message. Its content has been uploaded.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="envelope">What the request says beside the message.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was written by then, Meta may have the message.</param>
    /// <exception cref="ArgumentException">The message has content that is not uploaded (<see cref="MediaSource.Upload"/>).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled: <see cref="CancelledBeforeWritingException"/> when nothing of the request was written.</exception>
    public Task<GraphSendResult> SendMessageAsync(ConversationKey conversation, Message message, AccessToken accessToken, in MessageEnvelope envelope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(accessToken);
        var content = new MessageContent();
        Write(content, conversation, message, envelope.ReplyTo, envelope.IdentityKeyHash, envelope.CallbackData);
        return PostAsync(AddressFor(conversation.Number, message), content, accessToken.Bearer, envelope.Deadline, cancellationToken);
    }

    /// <summary>Marks a message and those before it as read: <c>POST /{version}/{phone-number-id}/messages</c>. Needs no window.</summary>
    /// <param name="number">The business number that received it.</param>
    /// <param name="message">The message: received within 30 days, not in a group.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> MarkReadAsync(PhoneNumberId number, MessageId message, AccessToken accessToken, CancellationToken cancellationToken = default) =>
        MarkReadAsync(number, message, accessToken, typing: false, cancellationToken);

    /// <summary>Marks a message and those before it as read and, if wished, shows the customer that an answer is being typed: until it comes, or for 25 seconds.</summary>
    /// <param name="number">The business number that received it.</param>
    /// <param name="message">The message: received within 30 days, not in a group.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="typing">Whether to show the typing indicator.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> MarkReadAsync(PhoneNumberId number, MessageId message, AccessToken accessToken, bool typing, CancellationToken cancellationToken = default)
    {
        ThrowIfNoNumber(number);
        ArgumentNullException.ThrowIfNull(accessToken);
        return DoAsync(HttpMethod.Post, number.Value + "/messages", writer => MessageWriter.WriteRead(writer, message, typing), accessToken, cancellationToken);
    }

    private static void Write(MessageContent content, ConversationKey conversation, Message message, MessageId? replyTo, string? identityKeyHash, ReadOnlySpan<byte> callbackData)
    {
        var writer = _writer ??= new Utf8JsonWriter(Stream.Null, MessageWriter.Options);
        writer.Reset(content);
        MessageWriter.WriteRequest(writer, conversation, message, replyTo, identityKeyHash, callbackData);
        writer.Reset(Stream.Null); // The writer outlives the content and must not hold on to it.
    }

    private Uri AddressFor(PhoneNumberId number, Message? message) =>
        _messageAddresses.GetOrAdd(
            (number, message is TemplateMessage { Marketing: not null }),
            static (key, options) => options.Resolve(key.Number.Value + (key.IsMarketing ? "/marketing_messages" : "/messages")),
            _options);

    private async Task<GraphSendResult> PostAsync(Uri address, MessageContent content, string authorization, TimeSpan? deadline, CancellationToken cancellationToken)
    {
        using var request = NewRequest(HttpMethod.Post, address, authorization);
        request.Content = content;
        using var limit = deadline is { } time && (_http.Timeout == Timeout.InfiniteTimeSpan || time < _http.Timeout) ? Limit(time, cancellationToken) : null;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, limit?.Token ?? cancellationToken).ConfigureAwait(false);
            _options.Answered?.Invoke(response);
            var body = await response.Content.ReadAsByteArrayAsync(CancellationToken.None).ConfigureAwait(false);
            return WithoutToken(SendAnswer.Read(response.StatusCode, body, RetryAfter(response.Headers)), authorization);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw content.Started ? exception : new CancelledBeforeWritingException(exception);
        }
        catch (Exception exception)
        {
            // Handlers that the application added throw what they like; whatever it is, there is no answer.
            return NoAnswer(exception, content.Started);
        }
    }

    private static HttpRequestMessage NewRequest(HttpMethod method, Uri address, string authorization)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        return request;
    }

    // Handlers that the application added throw what they like; whatever it is, there is no answer. The caller's own cancellation alone passes through.
    private static bool IsNoAnswer(Exception exception, CancellationToken cancellationToken) =>
        exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested;

    private static string CauseOf(Exception exception) => exception switch
    {
        OperationCanceledException => "time-out",
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http => http.HttpRequestError.ToString(),
        _ => exception.GetType().Name,
    };

    private static GraphSendResult NoAnswer(Exception exception, bool requestWritten) =>
        requestWritten
            ? new GraphSendResult.Unanswered(CauseOf(exception))
            : new GraphSendResult.Refused(Failure($"No connection ({CauseOf(exception)})", GraphErrorCategory.NotReached), RetryAfter: null);

    private static GraphError Failure(string message, GraphErrorCategory category) => new() { Message = message, Category = category };

    /// <summary>Meta's error in an answer that is no success, or what the status says.</summary>
    private static GraphError ErrorOf(HttpStatusCode status, ReadOnlySpan<byte> body, string authorization) =>
        WithoutToken(SendAnswer.Read(status, body, retryAfter: null), authorization) is GraphSendResult.Refused refused
            ? refused.Error
            : new GraphError { Message = FormattableString.Invariant($"HTTP {(int)status}"), HttpStatus = (int)status, Category = GraphErrorCategory.Unavailable };

    private static CancellationTokenSource Limit(TimeSpan deadline, CancellationToken cancellationToken)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source.CancelAfter(deadline);
        return source;
    }

    /// <summary>The wait that the answer asks for, by its own clock where it names a date.</summary>
    private static TimeSpan? RetryAfter(HttpResponseHeaders headers) => headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when headers.Date is { } now && date > now => date - now,
        _ => null,
    };

    /// <summary>Graph has been seen to quote a malformed token in its error. It goes no further.</summary>
    private static GraphSendResult WithoutToken(GraphSendResult result, string authorization)
    {
        if (result is not GraphSendResult.Refused { Error: var error } refused)
        {
            return result;
        }

        var token = authorization[(authorization.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        return refused with
        {
            Error = error with
            {
                Message = error.Message.Replace(token, "*", StringComparison.Ordinal),
                Details = error.Details?.Replace(token, "*", StringComparison.Ordinal),
                UserTitle = error.UserTitle?.Replace(token, "*", StringComparison.Ordinal),
                UserMessage = error.UserMessage?.Replace(token, "*", StringComparison.Ordinal),
            },
        };
    }
}
