using System.Globalization;
using System.Net;
using System.Text.Json;
using WhatsSession.Shared;

namespace WhatsSession.Errors;

/// <summary>Tells errors from answers: Meta's own, and what a status says where a gateway answered in Meta's place.</summary>
internal static class AnswerErrors
{
    /// <summary>An error that no answer of Meta's brought.</summary>
    public static GraphError Failure(string message, GraphErrorCategory category) => new() { Message = message, Category = category };

    /// <summary>The error of a request that was not made, because Meta would refuse it.</summary>
    public static GraphError NotSent(IReadOnlyList<Violation> violations) =>
        Failure("Not sent: " + string.Join("; ", violations), GraphErrorCategory.InvalidRequest);

    /// <summary>The error of an answer whose status is none of success.</summary>
    public static GraphError Of(HttpStatusCode status, ReadOnlySpan<byte> body) => RefusalIn(status, body) ?? new GraphError
    {
        Message = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)status}"),
        HttpStatus = (int)status,
        Category = GraphErrorCategory.Unavailable,
    };

    /// <summary>Why Meta surely did not do what was asked; null when it did, or may have.</summary>
    public static GraphError? RefusalIn(HttpStatusCode status, ReadOnlySpan<byte> body) => Refusal(status, Read(body, (int)status));

    /// <summary>As above, for callers who read the body themselves. A listed error code decides first, then the class of the status.</summary>
    /// <param name="status">The status.</param>
    /// <param name="error">Meta's error in the body; null when there is none.</param>
    public static GraphError? Refusal(HttpStatusCode status, GraphError? error)
    {
        if (error is not null && (error.Category != GraphErrorCategory.Unknown || ((int)status is >= 400 and < 500 && !LeavesOpen(status))))
        {
            return error.Category == GraphErrorCategory.Unknown && status == HttpStatusCode.TooManyRequests
                ? error with { Category = GraphErrorCategory.RateLimited }
                : error;
        }

        return (int)status is >= 200 and < 300 || LeavesOpen(status)
            ? null
            : new GraphError
            {
                Message = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)status} without an error of Meta"),
                HttpStatus = (int)status,
                Category = status == HttpStatusCode.TooManyRequests ? GraphErrorCategory.RateLimited : GraphErrorCategory.Configuration,
            };
    }

    // Who waited for the request in vain (408) may have passed a part of it on, as who failed may have.
    private static bool LeavesOpen(HttpStatusCode status) => status == HttpStatusCode.RequestTimeout || (int)status >= 500;

    private static GraphError? Read(ReadOnlySpan<byte> body, int httpStatus)
    {
        GraphError? error = null;
        var reader = new Utf8JsonReader(body, JsonText.AnswerOptions);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (JsonText.NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("error"u8) && JsonText.EntersObject(ref reader))
                {
                    error = GraphErrorReader.Read(ref reader, httpStatus);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (JsonException)
        {
            // A gateway's page, or an answer that was cut: what was read before that still counts.
        }

        return error;
    }
}
