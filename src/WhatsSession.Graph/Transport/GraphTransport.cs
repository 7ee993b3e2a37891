using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using WhatsSession.Errors;
using WhatsSession.Wire;

namespace WhatsSession.Transport;

/// <summary>The one way to Meta: makes requests with their own headers, keeps their limits, reads answers and pages, and keeps tokens out of errors.</summary>
/// <param name="http">Used for every request but uploads; its base address and default headers are not touched.</param>
/// <param name="uploads">Used for uploads.</param>
/// <param name="options">Where the API is.</param>
/// <remarks>Thread safe. It holds no token: each request brings its own.</remarks>
internal sealed class GraphTransport(HttpClient http, HttpClient uploads, GraphClientOptions options)
{
    // A cursor is refused when the list changed under it; a list that keeps changing is given up.
    private const int MostRestarts = 3;

    // No limit of Meta's that is worth waiting for lasts longer, and what is longer is a mistake.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private static readonly string UserAgent = "WhatsSession/" + VersionOf(typeof(GraphTransport).Assembly);

    public GraphClientOptions Options => options;

    /// <summary>A connection on which nothing moves for so long is broken. A whole upload or download may take much longer.</summary>
    public TimeSpan Patience => options.Patience ?? http.Timeout;

    /// <summary>The text of a query; empty when no part has a value.</summary>
    public static string Query(params ReadOnlySpan<(string Name, string? Value)> parts)
    {
        var query = new List<string>();
        foreach (var (name, value) in parts)
        {
            if (value is { Length: > 0 })
            {
                query.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }

        return query.Count == 0 ? "" : "?" + string.Join('&', query);
    }

    public static HttpRequestMessage NewRequest(HttpMethod method, Uri address, string authorization)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        return request;
    }

    public HttpRequestMessage NewRequest(HttpMethod method, string path, string authorization) => NewRequest(method, options.Resolve(path), authorization);

    /// <summary>Posts a message. What comes of it is for the caller to say: only here it matters whether Meta may have the request.</summary>
    /// <param name="request">Disposed of here.</param>
    /// <param name="body">The content of the request.</param>
    /// <param name="authorization">Kept out of errors.</param>
    /// <param name="deadline">Can shorten the time that the <see cref="HttpClient"/> waits, not lengthen it.</param>
    /// <param name="read">Makes the result.</param>
    /// <param name="cancellationToken">The caller's own, whose cancellation passes through.</param>
    /// <exception cref="CancelledBeforeWritingException">The token was cancelled before anything was written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<T> PostAsync<T>(
        HttpRequestMessage request, JsonBody body, string authorization, TimeSpan? deadline, ResultOf<T> read, CancellationToken cancellationToken)
    {
        using var owned = request;
        using var limit = deadline is { } time && (http.Timeout == Timeout.InfiniteTimeSpan || time < http.Timeout) ? Limit(time, cancellationToken) : null;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, limit?.Token ?? cancellationToken)
                .ConfigureAwait(false);
            options.Answered?.Invoke(response);
            var answer = await response.Content.ReadAsByteArrayAsync(CancellationToken.None).ConfigureAwait(false);
            return read(new GraphAnswer(authorization) { Status = response.StatusCode, Body = answer, RetryAfter = RetryAfter(response.Headers) });
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw body.Started ? exception : new CancelledBeforeWritingException(exception);
        }
        catch (Exception exception)
        {
            // Handlers that the application added throw what they like; whatever it is, there is no answer.
            return read(new GraphAnswer(authorization)
            {
                Cause = CauseOf(exception),
                Server = ServerOf(request),
                MayHaveArrived = body.Started,
            });
        }
    }

    /// <summary>Makes a request and reads its answer. A GET is repeated.</summary>
    public async Task<GraphResult<T>> AskAsync<T>(
        HttpMethod method, string path, Action<Utf8JsonWriter>? write, AnswerReading<T> read, AccessToken accessToken, CancellationToken cancellationToken)
        where T : class
    {
        var answer = await AskAsync(
            () => NewRequest(method, path, write, accessToken), method == HttpMethod.Get, accessToken.Bearer, cancellationToken).ConfigureAwait(false);
        return answer.Error is { } error ? new GraphResult<T> { Error = error }
            : read(answer.Body) is { } value ? new GraphResult<T> { Value = value }
            : new GraphResult<T> { Error = answer.ErrorOr("is not what was asked for") };
    }

    /// <summary>Makes a request that is answered with no more than that it was done: <c>{"success":true}</c>.</summary>
    public Task<GraphResult> DoAsync(
        HttpMethod method, string path, Action<Utf8JsonWriter>? write, AccessToken accessToken, CancellationToken cancellationToken) =>
        DoAsync(() => NewRequest(method, path, write, accessToken), isRepeatable: false, accessToken, cancellationToken);

    /// <summary>Makes a POST that is answered so and changes nothing more when it is made twice.</summary>
    public Task<GraphResult> DoRepeatedlyAsync(string path, Action<Utf8JsonWriter> write, AccessToken accessToken, CancellationToken cancellationToken) =>
        DoAsync(() => NewRequest(HttpMethod.Post, path, write, accessToken), isRepeatable: true, accessToken, cancellationToken);

    /// <summary>
    /// Makes a request that posts no message, and again as long as it may be, and reads the whole answer. Whatever fails comes back as an error.
    /// </summary>
    /// <param name="newRequest">Makes the request of each try.</param>
    /// <param name="isRepeatable">Whether it does no harm when it is made twice.</param>
    /// <param name="authorization">Kept out of the error.</param>
    /// <param name="cancellationToken">The caller's own, whose cancellation passes through.</param>
    public async Task<GraphAnswer> AskAsync(
        Func<HttpRequestMessage> newRequest, bool isRepeatable, string authorization, CancellationToken cancellationToken)
    {
        var repetition = isRepeatable && options.RepeatFor > TimeSpan.Zero ? new Repetition(options) : null;
        while (true)
        {
            var answer = await AskAsync(newRequest(), authorization, file: null, repetition?.Remaining, cancellationToken).ConfigureAwait(false);
            answer = answer with { IsRepeatable = isRepeatable };
            if (repetition is null || !await repetition.WaitAsync(answer.Refusal, answer.RetryAfter, cancellationToken).ConfigureAwait(false))
            {
                return answer;
            }
        }
    }

    /// <summary>Uploads: as above, once.</summary>
    /// <param name="request">Disposed of here.</param>
    /// <param name="authorization">Kept out of the error.</param>
    /// <param name="file">The large part of what is sent, which may take its time as long as it moves.</param>
    /// <param name="cancellationToken">The caller's own, whose cancellation passes through.</param>
    public Task<GraphAnswer> UploadAsync(HttpRequestMessage request, string authorization, StreamedContent file, CancellationToken cancellationToken) =>
        AskAsync(request, authorization, file, within: null, cancellationToken);

    /// <summary>Makes a request that is not typed. Meta's error is one whatever the status.</summary>
    public async Task<GraphRawResult> SendRawAsync(HttpMethod method, Uri address, string? json, string authorization, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(NewRawRequest, method == HttpMethod.Get, authorization, cancellationToken).ConfigureAwait(false);
        var error = answer.Refusal;
        return new GraphRawResult
        {
            HttpStatus = answer.Cause is null ? (int)answer.Status : null,
            Body = error is null ? answer.Body : default(ReadOnlyMemory<byte>),
            Error = error,
            RetryAfter = answer.RetryAfter,
        };

        HttpRequestMessage NewRawRequest()
        {
            var request = NewRequest(method, address, authorization);
            request.Content = json is null ? null : JsonBody.Of(writer => writer.WriteRawValue(json, skipInputValidation: true));
            return request;
        }
    }

    /// <summary>Asks for something whose body is read piece by piece: gives the answer as soon as its headers are there.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>Reads all pages. When Meta no longer knows a cursor (131059), it starts again and leaves out what it had.</summary>
    public async IAsyncEnumerable<T> ListAsync<T>(
        string path,
        (string Name, string? Value)[] query,
        AnswerReading<GraphPage<T>> read,
        Func<T, string> id,
        AccessToken accessToken,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        var had = new HashSet<string>(StringComparer.Ordinal);
        var cursors = new HashSet<string>(StringComparer.Ordinal);
        string? after = null;
        for (var restarts = 0; ;)
        {
            var page = path + Query([.. query, ("after", after)]);
            var result = await AskAsync(HttpMethod.Get, page, write: null, read, accessToken, cancellationToken).ConfigureAwait(false);
            if (result is { Error.Code: GraphErrorCodes.CursorInvalid } && after is not null && restarts < MostRestarts)
            {
                restarts++;
                after = null;
                cursors.Clear();
                continue;
            }

            var (items, next) = result.EnsureSuccess();
            foreach (var item in items)
            {
                if (had.Add(id(item)))
                {
                    yield return item;
                }
            }

            after = next;
            if (after is null)
            {
                yield break;
            }

            if (!cursors.Add(after))
            {
                throw new GraphErrorException(AnswerErrors.Failure("Meta's list comes back to a page it had before", GraphErrorCategory.Unknown));
            }
        }
    }

    /// <summary>Whether an exception says that there is no answer. The caller's own cancellation alone does not, and passes through.</summary>
    /// <remarks>Handlers that the application added throw what they like.</remarks>
    public static bool IsNoAnswer(Exception exception, CancellationToken cancellationToken) =>
        exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested;

    /// <summary>What stands for the answer when there is none.</summary>
    /// <param name="exception">What came instead.</param>
    /// <param name="isWritten">Whether a connection began to send the body; null when there is none.</param>
    /// <param name="server">Where it was to come from.</param>
    /// <param name="authorization">The header of the request.</param>
    public static GraphAnswer WithoutAnswer(Exception exception, bool? isWritten, string server, string authorization) => new(authorization)
    {
        Cause = CauseOf(exception),
        Server = server,

        // Without a body, only the failure itself can tell that there was no connection.
        MayHaveArrived = isWritten ?? exception is not HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError,
        },
    };

    /// <summary>What happened in place of an answer, without content.</summary>
    public static string CauseOf(Exception exception) => exception switch
    {
        OperationCanceledException => "time-out",
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } failure => failure.HttpRequestError.ToString(),
        _ => exception.GetType().Name,
    };

    /// <summary>Scheme, host and port alone: the rest may be secret.</summary>
    public static string ServerOf(HttpRequestMessage request) => ServerOf(request.RequestUri!);

    /// <inheritdoc cref="ServerOf(HttpRequestMessage)" />
    public static string ServerOf(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>A token that fires with the caller's, or when the time is over.</summary>
    public static CancellationTokenSource Limit(TimeSpan deadline, CancellationToken cancellationToken)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source.CancelAfter(deadline);
        return source;
    }

    private async Task<GraphResult> DoAsync(
        Func<HttpRequestMessage> newRequest, bool isRepeatable, AccessToken accessToken, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(newRequest, isRepeatable, accessToken.Bearer, cancellationToken).ConfigureAwait(false);
        return answer.Error is { } error ? new GraphResult { Error = error }
            : SuccessAnswer.Read(answer.Body) is not { } success ? new GraphResult { Error = answer.ErrorOr("is not what was asked for") }
            : success.IsSuccess ? GraphResult.Success
            : new GraphResult
            {
                Error = new GraphError
                {
                    Message = success.Reason ?? "Meta did not do it and gave no reason",
                    HttpStatus = (int)HttpStatusCode.OK,
                    Category = GraphErrorCategory.InvalidRequest,
                },
            };
    }

    /// <summary>One try.</summary>
    private async Task<GraphAnswer> AskAsync(
        HttpRequestMessage request, string authorization, StreamedContent? file, TimeSpan? within, CancellationToken cancellationToken)
    {
        using var owned = request;
        using var patience = file is null && within is null ? null : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            patience?.CancelAfter(within ?? Timeout.InfiniteTimeSpan);
            file?.KeepAlive(() => patience!.CancelAfter(Patience));
            var client = file is null ? http : uploads;
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, patience?.Token ?? cancellationToken)
                .ConfigureAwait(false);
            options.Answered?.Invoke(response);
            var body = await response.Content.ReadAsByteArrayAsync(CancellationToken.None).ConfigureAwait(false);
            return new GraphAnswer(authorization) { Status = response.StatusCode, Body = body, RetryAfter = RetryAfter(response.Headers) };
        }
        catch (Exception exception) when (IsNoAnswer(exception, cancellationToken))
        {
            return WithoutAnswer(exception, file?.Started ?? (request.Content as JsonBody)?.Started, ServerOf(request), authorization);
        }
    }

    private HttpRequestMessage NewRequest(HttpMethod method, string path, Action<Utf8JsonWriter>? write, AccessToken accessToken)
    {
        var request = NewRequest(method, path, accessToken.Bearer);
        request.Content = write is null ? null : JsonBody.Of(write);
        return request;
    }

    /// <summary>The wait that the answer asks for, by its own clock where it names a date; a day at most.</summary>
    public static TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        TimeSpan? asked = headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } when headers.Date is { } now && date > now => date - now,
            _ => null,
        };
        return asked > LongestWait ? LongestWait : asked;
    }

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
