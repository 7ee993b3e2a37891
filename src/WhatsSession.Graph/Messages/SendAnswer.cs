using System.Globalization;
using System.Text;
using System.Text.Json;
using WhatsSession.Errors;
using WhatsSession.Shared;
using WhatsSession.Transport;

namespace WhatsSession.Messages;

/// <summary>Makes sense of whatever came back for a send: Meta's answer, Meta's error, a gateway's page, nothing.</summary>
internal static class SendAnswer
{
    // 15 digits and a plus sign.
    private const int LongestPhone = 16;

    /// <summary>The reading, made once.</summary>
    public static readonly ResultOf<GraphSendResult> Reading = Read;

    /// <summary>A listed error code decides first, then the status class: only what surely was not accepted counts as refused.</summary>
    public static GraphSendResult Read(in GraphAnswer answer)
    {
        if (answer.Cause is { } cause)
        {
            return answer.MayHaveArrived
                ? new GraphSendResult.Unanswered(cause)
                : new GraphSendResult.Refused(
                    AnswerErrors.Failure($"No connection to {answer.Server} ({cause})", GraphErrorCategory.NotReached), RetryAfter: null);
        }

        var status = (int)answer.Status;
        var (messageId, acceptedStatus, alias, error) = Parse(answer.Body, status);
        if (AnswerErrors.Refusal(answer.Status, error) is { } refusal)
        {
            return new GraphSendResult.Refused(answer.Masked(refusal), answer.RetryAfter);
        }

        return status < 300 && messageId is { } id ? new GraphSendResult.Accepted(id, acceptedStatus) { Alias = alias }
            : new GraphSendResult.Unanswered(string.Create(CultureInfo.InvariantCulture, $"HTTP {status}{(status < 300 ? " without a message id" : "")}"));
    }

    private static (MessageId? MessageId, AcceptedStatus Status, IdentityAlias? Alias, GraphError? Error) Parse(ReadOnlySpan<byte> body, int httpStatus)
    {
        MessageId? messageId = null;
        var status = AcceptedStatus.Accepted;
        GraphError? error = null;
        IdentityAlias? alias = null;
        var reader = new Utf8JsonReader(body, JsonText.AnswerOptions);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return (null, status, null, null);
            }

            while (JsonText.NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("messages"u8) && JsonText.EntersArray(ref reader))
                {
                    ReadMessages(ref reader, ref messageId, ref status);
                }
                else if (name.SequenceEqual("contacts"u8) && JsonText.EntersArray(ref reader))
                {
                    alias = ReadContacts(ref reader);
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

        return (messageId, status, alias, error);
    }

    // A message has one recipient. Most answers name the number as it was dialled: then nothing is allocated for it.
    private static IdentityAlias? ReadContacts(ref Utf8JsonReader reader)
    {
        IdentityAlias? alias = null;
        while (JsonText.NextElement(ref reader))
        {
            if (!JsonText.EntersObject(ref reader))
            {
                continue;
            }

            ReadOnlySpan<byte> input = default, named = default;
            while (JsonText.NextProperty(ref reader, out var name))
            {
                if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && name.SequenceEqual("input"u8))
                {
                    input = reader.ValueSpan;
                }
                else if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && name.SequenceEqual("wa_id"u8))
                {
                    named = reader.ValueSpan;
                }
                else
                {
                    reader.Skip();
                }
            }

            alias ??= AliasOf(input, named);
        }

        return alias;
    }

    private static IdentityAlias? AliasOf(ReadOnlySpan<byte> input, ReadOnlySpan<byte> named) =>
        !input.SequenceEqual(named)
        && input.Length <= LongestPhone
        && named.Length <= LongestPhone
        && CustomerId.TryParse(Encoding.UTF8.GetString(input), out var dialled)
        && CustomerId.TryParse(Encoding.UTF8.GetString(named), out var canonical)
        && dialled.IsPhone
        && canonical.IsPhone
        && dialled != canonical
            ? new IdentityAlias(dialled, canonical)
            : null;

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
