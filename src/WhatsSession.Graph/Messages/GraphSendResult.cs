using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The result of one request to send a message.</summary>
/// <remarks>Immutable; equality is by value.</remarks>
[JsonConverter(typeof(JsonChoiceConverter<GraphSendResult>))]
public abstract record GraphSendResult
{
    private GraphSendResult()
    {
    }

    /// <summary>Meta accepted the message.</summary>
    /// <param name="MessageId">Its id.</param>
    /// <param name="Status">Meta's status of the accepted message.</param>
    public sealed record Accepted(MessageId MessageId, AcceptedStatus Status) : GraphSendResult
    {
        /// <summary>
        /// The canonical form that the answer named for the dialled phone number (<c>contacts[].input</c> and <c>wa_id</c>), compared as phone numbers. In
        /// some countries, such as Argentina and Mexico, Meta's form is different from the form that people dial.
        /// </summary>
        /// <value>Null when the answer has the number as it was dialled, which is the usual case, or has no number.</value>
        public IdentityAlias? Alias { get; init; }

        /// <summary>A form for logs.</summary>
        public override string ToString() => $"accepted {MessageId}";
    }

    /// <summary>
    /// Meta answered with an error, or could not be reached: it did not accept the message. Only the errors 1, 2 and 131000 are different: they report a
    /// problem at Meta and do not tell how far the request came.
    /// </summary>
    /// <param name="Error">Why.</param>
    /// <param name="RetryAfter">How long Meta asks to wait, if it says so.</param>
    public sealed record Refused(GraphError Error, TimeSpan? RetryAfter) : GraphSendResult;

    /// <summary>
    /// No usable answer came after the request was written. Meta may or may not have accepted the message. If you send it again, the customer may get it
    /// twice.
    /// </summary>
    /// <param name="Cause">What happened, without content.</param>
    public sealed record Unanswered(string Cause) : GraphSendResult;
}
