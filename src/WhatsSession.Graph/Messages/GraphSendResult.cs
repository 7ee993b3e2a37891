using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What became of one request to send a message.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
[JsonConverter(typeof(JsonChoiceConverter<GraphSendResult>))]
public abstract record GraphSendResult
{
    private GraphSendResult()
    {
    }

    /// <summary>Meta accepted the message.</summary>
    /// <param name="MessageId">Its id.</param>
    /// <param name="Status">Meta's word on it.</param>
    public sealed record Accepted(MessageId MessageId, AcceptedStatus Status) : GraphSendResult
    {
        /// <summary>
        /// The canonical form that the answer named for the dialled phone number (<c>contacts[].input</c> and <c>wa_id</c>), compared as phone numbers.
        /// Meta names another where people dial otherwise than it writes, as in Argentina and Mexico.
        /// </summary>
        /// <value>Null where the answer names the number as it was dialled, as it mostly does, or none.</value>
        public IdentityAlias? Alias { get; init; }

        /// <summary>A form for logs.</summary>
        public override string ToString() => $"accepted {MessageId}";
    }

    /// <summary>
    /// Meta answered an error, or could not be reached: it did not accept the message. Its errors 1,
    /// 2 and 131000 alone tell of trouble at Meta and leave open how far the request came.
    /// </summary>
    /// <param name="Error">Why.</param>
    /// <param name="RetryAfter">How long Meta asks to wait, if it says so.</param>
    public sealed record Refused(GraphError Error, TimeSpan? RetryAfter) : GraphSendResult;

    /// <summary>No usable answer came after the request was written: Meta may have accepted the message or not. Sending it again may double it.</summary>
    /// <param name="Cause">What happened, without content.</param>
    public sealed record Unanswered(string Cause) : GraphSendResult;
}
