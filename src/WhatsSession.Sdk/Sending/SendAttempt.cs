using NodaTime;
using WhatsSession.Storage;
using WhatsSession.Uploads;

namespace WhatsSession.Sending;

/// <summary>How the attempts to make one send ended.</summary>
/// <param name="Clearance">By what the last request was made, or why there is none.</param>
/// <param name="Intent">What was stored or posted; null when neither was done.</param>
/// <param name="Result">What became of the last request; null when the guard refused it, or another send of the same message is under way or was made.</param>
internal readonly record struct SendAttempt(Clearance Clearance, SendIntent? Intent, GraphSendResult? Result)
{
    /// <summary>Why there is no result although the request may be made.</summary>
    public const string MadeElsewhere = "another send of it is under way or was made";

    /// <summary>The outcome of a send that Meta did not accept.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="fallback">The template that was sent in place of the message; null when it was the message itself.</param>
    public SendOutcome ToFailure(Instant now, TemplateMessage? fallback) => Result switch
    {
        GraphSendResult.Refused refused => RefusedRequest.ToOutcome(refused.Error, refused.RetryAfter, now, fallback),
        GraphSendResult.Unanswered unanswered => new SendOutcome.Ambiguous { IntentId = Intent!.Id, Cause = unanswered.Cause, Template = fallback },
        _ => throw new InvalidOperationException($"{Result?.GetType().Name} is not a failure."),
    };
}
