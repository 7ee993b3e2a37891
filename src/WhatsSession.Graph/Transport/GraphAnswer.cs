using System.Net;
using WhatsSession.Errors;

namespace WhatsSession.Transport;

/// <summary>Whatever came back for a request: an answer, or nothing. It shows no token.</summary>
/// <param name="authorization">The header of the request, kept out of every error.</param>
internal readonly struct GraphAnswer(string authorization)
{
    /// <summary>The status; 0 when there was no answer.</summary>
    public HttpStatusCode Status { get; init; }

    /// <summary>The whole body.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary>How long Meta asks to wait, if it says so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Why there is no answer, without content; null when there is one.</summary>
    public string? Cause { get; init; }

    /// <summary>Where the answer was to come from: scheme, host and port. Empty when it is not known.</summary>
    public string Server { get; init; } = "";

    /// <summary>Without an answer, whether Meta may have the request all the same.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>Whether the request does no harm when it is made twice.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Meta's error, or why there is no answer; null when the status is one of success.</summary>
    public GraphError? Error =>
        Cause is not null ? Masked(
            AnswerErrors.Failure($"No answer{From} ({Cause})", MayHaveArrived ? GraphErrorCategory.Unavailable : GraphErrorCategory.NotReached))
        : (int)Status is >= 200 and < 300 ? null
        : Masked(AnswerErrors.Of(Status, Body));

    /// <summary>The error, also where Meta wrote one into an answer whose status is one of success; null when there is none.</summary>
    public GraphError? Refusal => Error ?? (AnswerErrors.RefusalIn(Status, Body) is { } refusal ? Masked(refusal) : null);

    /// <summary>Why an answer is of no use: its error, or what it lacks.</summary>
    public GraphError ErrorOr(string lack) =>
        Refusal ?? new GraphError { Message = "Meta's answer " + lack, HttpStatus = (int)Status, Category = GraphErrorCategory.Unknown };

    private string From => Server.Length == 0 ? "" : " from " + Server;

    /// <summary>Graph has been seen to quote a malformed token in its error. It goes no further.</summary>
    public GraphError Masked(GraphError error)
    {
        var token = authorization[(authorization.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        return error with
        {
            IsOfRepeatableRequest = IsRepeatable,
            Message = error.Message.Replace(token, "*", StringComparison.Ordinal),
            Details = error.Details?.Replace(token, "*", StringComparison.Ordinal),
            UserTitle = error.UserTitle?.Replace(token, "*", StringComparison.Ordinal),
            UserMessage = error.UserMessage?.Replace(token, "*", StringComparison.Ordinal),
        };
    }
}

/// <summary>Makes a result of whatever came back.</summary>
internal delegate T ResultOf<out T>(in GraphAnswer answer);
