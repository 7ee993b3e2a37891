using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;

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
    private async Task<GraphResult<T>> AskAsync<T>(HttpMethod method, string path, Action<Utf8JsonWriter>? write, AnswerReading<T> read, string accessToken, CancellationToken cancellationToken)
        where T : class
    {
        var authorization = "Bearer " + accessToken;
        using var content = write is null ? null : ContentOf(write);
        using var request = NewRequest(method, _options.Resolve(path), authorization);
        request.Content = content;
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(CancellationToken.None).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                return new GraphResult<T> { Error = ErrorOf(response.StatusCode, body, authorization) };
            }

            return read(body) is { } value ? new GraphResult<T> { Value = value } : new GraphResult<T> { Error = Unusable(response.StatusCode, body, authorization) };
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Handlers that the application added throw what they like; whatever it is, there is no answer. A request that only reads has done nothing.
            var mayBeDone = content is null ? method != HttpMethod.Get : content.Started;
            return new GraphResult<T> { Error = Failure($"No answer ({CauseOf(exception)})", mayBeDone ? GraphErrorCategory.Unavailable : GraphErrorCategory.NotReached) };
        }
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
    private async Task<GraphResult> DoAsync(HttpMethod method, string path, Action<Utf8JsonWriter>? write, string accessToken, CancellationToken cancellationToken)
    {
        var result = await AskAsync(method, path, write, SuccessAnswer.Read, accessToken, cancellationToken).ConfigureAwait(false);
        return !result.IsSuccess ? new GraphResult { Error = result.Error }
            : result.Value.IsSuccess ? GraphResult.Success
            : new GraphResult { Error = new GraphError { Message = result.Value.Reason ?? "Meta did not do it and gave no reason", HttpStatus = (int)HttpStatusCode.OK, Category = GraphErrorCategory.InvalidRequest } };
    }

    /// <summary>Reads all pages. When Meta no longer knows a cursor (131059), it starts again and leaves out what it had.</summary>
    private async IAsyncEnumerable<T> ListAsync<T>(
        string path, (string Name, string? Value)[] query, AnswerReading<GraphPage<T>> read, Func<T, string> id, string accessToken, [EnumeratorCancellation] CancellationToken cancellationToken)
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

    /// <summary>Meta's error where it answers one with a status of success, or that the answer is not what was asked for.</summary>
    private static GraphError Unusable(HttpStatusCode status, ReadOnlySpan<byte> body, string authorization) =>
        !body.IsEmpty && WithoutToken(SendAnswer.Read(status, body, retryAfter: null), authorization) is GraphSendResult.Refused refused
            ? refused.Error
            : new GraphError { Message = "Meta's answer is not what was asked for", HttpStatus = (int)status, Category = GraphErrorCategory.Unknown };
}
