using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using WhatsSession.Errors;
using WhatsSession.Messages;
using WhatsSession.Wire;

namespace WhatsSession;

/// <summary>What the requests that post no message have in common.</summary>
public sealed partial class GraphClient
{
    // A cursor is refused when the list changed under it; a list that keeps changing is given up.
    private const int MostRestarts = 3;

    /// <summary>The error of a request that was not made, because Meta would refuse it.</summary>
    internal static GraphError NotSent(IReadOnlyList<Violation> violations) => Failure("Not sent: " + string.Join("; ", violations), GraphErrorCategory.InvalidRequest);

    private static void ThrowIfNoDigits(string id, [CallerArgumentExpression(nameof(id))] string name = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(id, name);
        if (!BusinessAccountId.TryParse(id, out _))
        {
            throw new ArgumentException("Meta's ids are 1 to 32 digits.", name);
        }
    }

    private static string Query(params ReadOnlySpan<(string Name, string? Value)> parts)
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

    /// <summary>Makes a request and reads its answer.</summary>
    private async Task<GraphResult<T>> AskAsync<T>(HttpMethod method, string path, Action<Utf8JsonWriter>? write, AnswerReading<T> read, AccessToken accessToken, CancellationToken cancellationToken)
        where T : class
    {
        var authorization = accessToken.Bearer;
        var request = NewRequest(method, _options.Resolve(path), authorization);
        request.Content = write is null ? null : ContentOf(write);
        var answer = await AskAsync(request, authorization, file: null, cancellationToken).ConfigureAwait(false);
        return answer.Error is null && read(answer.Body) is { } value ? new GraphResult<T> { Value = value } : new GraphResult<T> { Error = ErrorIn(answer, authorization, "is not what was asked for") };
    }

    /// <summary>The one way for requests that post no message: makes it and reads the whole answer. Whatever fails comes back as an error.</summary>
    /// <param name="request">Disposed of here.</param>
    /// <param name="authorization">Kept out of the error.</param>
    /// <param name="file">The large part of what is sent, which may take its time as long as it moves; null when there is none.</param>
    /// <param name="cancellationToken">The caller's own, whose cancellation passes through.</param>
    private async Task<GraphAnswer> AskAsync(HttpRequestMessage request, string authorization, StreamedContent? file, CancellationToken cancellationToken)
    {
        using var owned = request;
        using var patience = file is null ? null : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            file?.KeepAlive(() => patience!.CancelAfter(Patience));
            using var response = await (file is null ? _http : _uploads).SendAsync(request, HttpCompletionOption.ResponseContentRead, patience?.Token ?? cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(CancellationToken.None).ConfigureAwait(false);
            return new GraphAnswer(response.StatusCode, body, RetryAfter(response.Headers), response.IsSuccessStatusCode ? null : ErrorOf(response.StatusCode, body, authorization));
        }
        catch (Exception exception) when (IsNoAnswer(exception, cancellationToken))
        {
            var isWritten = file?.Started ?? (request.Content as MessageContent)?.Started;
            return new GraphAnswer(Status: default, [], RetryAfter: null, ErrorWithoutAnswer(exception, isWritten));
        }
    }

    /// <summary>The error of a request that was not answered.</summary>
    /// <param name="exception">What came instead.</param>
    /// <param name="isWritten">Whether a connection began to send the body; null when there is none.</param>
    private static GraphError ErrorWithoutAnswer(Exception exception, bool? isWritten)
    {
        // Without a body, only the failure itself can tell that there was no connection.
        var mayHaveArrived = isWritten ?? exception is not HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        };
        return Failure($"No answer ({CauseOf(exception)})", mayHaveArrived ? GraphErrorCategory.Unavailable : GraphErrorCategory.NotReached);
    }

    private static MessageContent ContentOf(Action<Utf8JsonWriter> write)
    {
        var content = new MessageContent();
        try
        {
            // Not the thread's own: what the caller gives as JSON may throw in the middle of writing.
            using var writer = new Utf8JsonWriter(content, MessageWriter.Options);
            write(writer);
            return content;
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    /// <summary>As above, for answers that say no more than that it was done: <c>{"success":true}</c>.</summary>
    private async Task<GraphResult> DoAsync(HttpMethod method, string path, Action<Utf8JsonWriter>? write, AccessToken accessToken, CancellationToken cancellationToken)
    {
        var result = await AskAsync(method, path, write, SuccessAnswer.Read, accessToken, cancellationToken).ConfigureAwait(false);
        return !result.IsSuccess ? new GraphResult { Error = result.Error }
            : result.Value.IsSuccess ? GraphResult.Success
            : new GraphResult { Error = new GraphError { Message = result.Value.Reason ?? "Meta did not do it and gave no reason", HttpStatus = (int)HttpStatusCode.OK, Category = GraphErrorCategory.InvalidRequest } };
    }

    /// <summary>Reads all pages. When Meta no longer knows a cursor (131059), it starts again and leaves out what it had.</summary>
    private async IAsyncEnumerable<T> ListAsync<T>(
        string path, (string Name, string? Value)[] query, AnswerReading<GraphPage<T>> read, Func<T, string> id, AccessToken accessToken, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        var had = new HashSet<string>(StringComparer.Ordinal);
        var cursors = new HashSet<string>(StringComparer.Ordinal);
        string? after = null;
        for (var restarts = 0; ;)
        {
            var result = await AskAsync(HttpMethod.Get, path + Query([.. query, ("after", after)]), write: null, read, accessToken, cancellationToken).ConfigureAwait(false);
            if (result is { Error.Code: GraphErrorCodes.CursorInvalid } && after is not null && restarts < MostRestarts)
            {
                restarts++;
                after = null;
                cursors.Clear();
                continue;
            }

            var page = result.EnsureSuccess();
            foreach (var item in page.Items)
            {
                if (had.Add(id(item)))
                {
                    yield return item;
                }
            }

            after = page.After;
            if (after is null)
            {
                yield break;
            }

            if (!cursors.Add(after))
            {
                throw new GraphErrorException(Failure("Meta's list comes back to a page it had before", GraphErrorCategory.Unknown));
            }
        }
    }

    /// <summary>Why an answer is of no use: its error, Meta's error where it comes with a status of success, or what the answer lacks.</summary>
    private static GraphError ErrorIn(in GraphAnswer answer, string authorization, string lack) =>
        answer.Error
        ?? (SendAnswer.Read(answer.Status, answer.Body, retryAfter: null) is GraphSendResult.Refused
            ? ErrorOf(answer.Status, answer.Body, authorization)
            : new GraphError { Message = "Meta's answer " + lack, HttpStatus = (int)answer.Status, Category = GraphErrorCategory.Unknown });
}
