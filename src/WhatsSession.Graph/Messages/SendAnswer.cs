using System.Globalization;
using System.Net;
using System.Text.Json;
using WhatsSession.Shared;

namespace WhatsSession.Messages;

/// <summary>Makes sense of whatever came back for a send: Meta's answer, Meta's error, a gateway's page, nothing.</summary>
internal static class SendAnswer
{
    /// <summary>A listed error code decides first, then the status class: only what surely was not accepted counts as refused.</summary>
    public static GraphSendResult Read(HttpStatusCode status, ReadOnlySpan<byte> body, TimeSpan? retryAfter)
    {
        var (messageId, acceptedStatus, error) = Parse(body, (int)status);
        if (error is not null && (error.Category != GraphErrorCategory.Unknown || (int)status is >= 400 and < 500))
        {
            return new GraphSendResult.Refused(
                error.Category == GraphErrorCategory.Unknown && status == HttpStatusCode.TooManyRequests ? error with { Category = GraphErrorCategory.RateLimited } : error,
                retryAfter);
        }

        if ((int)status is >= 200 and < 300)
        {
            return messageId is { } id
                ? new GraphSendResult.Accepted(id, acceptedStatus)
                : new GraphSendResult.Unanswered(string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)status} without a message id"));
        }

        if ((int)status >= 500)
        {
            return new GraphSendResult.Unanswered(string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)status}"));
        }

        return new GraphSendResult.Refused(
            new GraphError
            {
                Message = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)status} without an error of Meta; is the address right?"),
                HttpStatus = (int)status,
                Category = status == HttpStatusCode.TooManyRequests ? GraphErrorCategory.RateLimited : GraphErrorCategory.Configuration,
            },
            retryAfter);
    }

    private static (MessageId? MessageId, AcceptedStatus Status, GraphError? Error) Parse(ReadOnlySpan<byte> body, int httpStatus)
    {
        MessageId? messageId = null;
        var status = AcceptedStatus.Accepted;
        GraphError? error = null;
        var reader = new Utf8JsonReader(body, JsonText.AnswerOptions);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return (null, status, null);
            }

            while (JsonText.NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("messages"u8) && JsonText.EntersArray(ref reader))
                {
                    ReadMessages(ref reader, ref messageId, ref status);
                }
                else if (name.SequenceEqual("error"u8) && JsonText.EntersObject(ref reader))
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

        return (messageId, status, error);
    }

    private static void ReadMessages(ref Utf8JsonReader reader, ref MessageId? messageId, ref AcceptedStatus status)
    {
        while (JsonText.NextElement(ref reader))
        {
            if (!JsonText.EntersObject(ref reader))
            {
                continue;
            }

            while (JsonText.NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("id"u8))
                {
                    messageId ??= MessageId.TryParse(JsonText.Read(ref reader), out var id) ? id : null;
                }
                else if (name.SequenceEqual("message_status"u8) && JsonText.Read(ref reader) is { } word)
                {
                    status = new AcceptedStatus(word);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }
}
