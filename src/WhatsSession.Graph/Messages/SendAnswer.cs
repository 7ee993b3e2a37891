using System.Globalization;
using System.Text.Json;
using WhatsSession.Errors;
using WhatsSession.Shared;
using WhatsSession.Transport;

namespace WhatsSession.Messages;

/// <summary>Makes sense of whatever came back for a send: Meta's answer, Meta's error, a gateway's page, nothing.</summary>
internal static class SendAnswer
{
    /// <summary>The reading, made once.</summary>
    public static readonly ResultOf<GraphSendResult> Reading = Read;

    /// <summary>A listed error code decides first, then the status class: only what surely was not accepted counts as refused.</summary>
    public static GraphSendResult Read(in GraphAnswer answer)
    {
        if (answer.Cause is { } cause)
        {
            return answer.MayHaveArrived
                ? new GraphSendResult.Unanswered(cause)
                : new GraphSendResult.Refused(AnswerErrors.Failure($"No connection ({cause})", GraphErrorCategory.NotReached), RetryAfter: null);
        }

        var status = (int)answer.Status;
        var (messageId, acceptedStatus, error) = Parse(answer.Body, status);
        if (AnswerErrors.Refusal(answer.Status, error) is { } refusal)
        {
            return new GraphSendResult.Refused(answer.Masked(refusal), answer.RetryAfter);
        }

        return status < 300 && messageId is { } id ? new GraphSendResult.Accepted(id, acceptedStatus)
            : new GraphSendResult.Unanswered(string.Create(CultureInfo.InvariantCulture, $"HTTP {status}{(status < 300 ? " without a message id" : "")}"));
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
