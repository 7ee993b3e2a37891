using WhatsSession.Emulator.Accounts;
using WhatsSession.Emulator.Customers;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Numbers;
using WhatsSession.Emulator.Templates;

namespace WhatsSession.Emulator.Sending;

/// <summary>What a number and its account may send, and to whom.</summary>
internal sealed class SenderRules(NumberDirectory numbers, AccountRestrictions restrictions, SendingSettings settings)
{
    /// <returns>Why this recipient does not get this message, whatever the window; null when they do.</returns>
    public GraphError? RecipientRefusal(EmulatedNumber number, in Addressee addressee, Pair? pair, Template? template)
    {
        if (addressee.UserId is not null && template is { Category: "AUTHENTICATION" })
        {
            return GraphError.UserIdNotSupported;
        }

        if (addressee.Group is null && numbers.AllowedBy(number) is { Count: > 0 } allowed
            && !allowed.Contains(addressee.Phone ?? addressee.Customer?.Phone ?? "", StringComparer.Ordinal))
        {
            return GraphError.NotAllowed;
        }

        return pair is { StoppedMarketing: true } && template is { Category: "MARKETING" } ? GraphError.StoppedMarketing : null;
    }

    /// <returns>Why this account does not send it; null when it does.</returns>
    public GraphError? AccountRefusal(EmulatedNumber number, SendEnvelope envelope, bool insideWindow) =>
        envelope.Category is not null && !settings.DirectSend
            ? GraphError.Invalid("Direct Send isn't enabled for this WhatsApp Business Account.")
            : restrictions.Refusal(number.BusinessAccountId, insideWindow, envelope.Category is "utility");

    /// <returns>Whether a message outside the window is refused at once, and not after having been accepted.</returns>
    public bool RefusesAtOnce() => settings.RefusesAtOnce();
}
