using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>
/// What to do to keep in touch with a customer, and why: from <see cref="SendPolicy.SuggestReengagement(ConversationSnapshot, Duration, Instant)"/>.
/// </summary>
/// <param name="Action">What to do.</param>
/// <param name="Reason">Why.</param>
/// <param name="ClosesAt">When the window closes (exclusive). Null unless it is known to be open.</param>
/// <remarks><c>default</c> is nothing to do, for an unknown window. Equality is by value.</remarks>
public readonly record struct ReengagementSuggestion(
    ReengagementAction Action,
    ReengagementReason Reason,
    [property: JsonConverter(typeof(JsonTimeConverter))] Instant? ClosesAt)
{
    /// <summary>One sentence for a person who decides. It contains no personal data.</summary>
    public string Describe() => Reason switch
    {
        ReengagementReason.TimeLeft => "Nothing to do: the window stays open for a while.",
        ReengagementReason.CustomerWaits => "Answer now and end with a question: the window closes soon, and only the customer's next message keeps it open.",
        ReengagementReason.CustomerSilent => "Ask a question now: the window closes soon, and only the customer's next message keeps it open.",
        ReengagementReason.WindowClosed => "Send a template message: the window is closed.",
        ReengagementReason.NeverOpened => "Send a template message: the customer has never written to this number.",
        ReengagementReason.Restricted => "Nothing to do: Meta has restricted the account from answering customers.",
        _ => "Nothing to do: it is not known whether the window is open.",
    };
}
