using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace WhatsSession;

/// <summary>The thin typed client of Meta's Graph API: one method a request, no state, no retry. It does not know of windows; <see cref="WhatsSessionClient"/> does.</summary>
/// <remarks>Thread safe. It holds no token: each call brings its own, so one number's token never travels with another's request.</remarks>
public sealed class GraphClient
{
    internal static readonly string UserAgent = "WhatsSession/" + (typeof(GraphClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0");

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    private readonly HttpClient _http;
    private readonly GraphClientOptions _options;
    private readonly ConcurrentDictionary<PhoneNumberId, Uri> _messageAddresses = new();

    /// <summary>Makes a client.</summary>
    /// <param name="httpClient">Used for every request; its base address and default headers are not touched.</param>
    /// <param name="options">Where the API is.</param>
    public GraphClient(HttpClient httpClient, GraphClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(httpClient);
        ArgumentNullException.ThrowIfNull(options);
        _http = httpClient;
        _options = options;
    }

    /// <summary>Posts a message: <c>POST /{version}/{phone-number-id}/messages</c>. The message is not checked and the window is not asked.</summary>
    /// <param name="conversation">The business number and the recipient.</param>
    /// <param name="message">The message.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was written by then, Meta may have the message.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphSendResult> SendMessageAsync(ConversationKey conversation, Message message, string accessToken, CancellationToken cancellationToken = default) =>
        SendMessageAsync(conversation, message, accessToken, new GraphSendOptions(), cancellationToken);

    /// <summary>Posts a message as <see cref="SendMessageAsync(ConversationKey, Message, string, CancellationToken)"/> does, with options.</summary>
    /// <param name="conversation">The business number and the recipient.</param>
    /// <param name="message">The message.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="options">What the request says beside the message.</param>
    /// <param name="cancellationToken">Ends the wait. If the request was written by then, Meta may have the message.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphSendResult> SendMessageAsync(ConversationKey conversation, Message message, string accessToken, GraphSendOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentException.ThrowIfNullOrEmpty(accessToken);
        ArgumentNullException.ThrowIfNull(options);
        var content = new MessageContent();
        Write(content, conversation, message, options.ReplyTo, options.IdentityKeyHash, options.CallbackData is { } data ? Encoding.UTF8.GetBytes(data) : default);
        return PostAsync(conversation.Number, content, "Bearer " + accessToken, options.Deadline, cancellationToken);
    }

    /// <summary>Posts a message whose callback data carries an intent.</summary>
    internal Task<GraphSendResult> SendIntentAsync(SendIntent intent, string authorization, SendOptions options, CancellationToken cancellationToken)
    {
        Span<byte> callbackData = stackalloc byte[options.CallbackData is null ? 64 : CallbackData.MaximumBytes];
        var length = CallbackData.Write(callbackData, intent.Id, intent.Evidence, options.CallbackData);
        var content = new MessageContent();
        Write(content, intent.Conversation, intent.Message, options.ReplyTo, options.IdentityKeyHash, callbackData[..length]);
        return PostAsync(intent.Conversation.Number, content, authorization, options.Deadline, cancellationToken);
    }

    private static void Write(MessageContent content, ConversationKey conversation, Message message, MessageId? replyTo, string? identityKeyHash, ReadOnlySpan<byte> callbackData)
    {
        var writer = _writer ??= new Utf8JsonWriter(Stream.Null, MessageWriter.Options);
        writer.Reset(content);
        MessageWriter.WriteRequest(writer, conversation, message, replyTo, identityKeyHash, callbackData);
        writer.Reset(Stream.Null); // The writer outlives the content and must not hold on to it.
    }

    private async Task<GraphSendResult> PostAsync(PhoneNumberId number, MessageContent content, string authorization, TimeSpan? deadline, CancellationToken cancellationToken)
    {
        var address = _messageAddresses.GetOrAdd(number, static (id, options) => options.Resolve(id.Value + "/messages"), _options);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        using var limit = deadline is { } time && (_http.Timeout == Timeout.InfiniteTimeSpan || time < _http.Timeout) ? Limit(time, cancellationToken) : null;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, limit?.Token ?? cancellationToken).ConfigureAwait(false);
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

    private static GraphSendResult NoAnswer(Exception exception, bool requestWritten)
    {
        var cause = exception switch
        {
            OperationCanceledException => "time-out",
            HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http => http.HttpRequestError.ToString(),
            _ => exception.GetType().Name,
        };
        return requestWritten
            ? new GraphSendResult.Unanswered(cause)
            : new GraphSendResult.Refused(new GraphError { Message = $"No connection ({cause})", Category = GraphErrorCategory.NotReached }, RetryAfter: null);
    }

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

        var token = authorization["Bearer ".Length..];
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
