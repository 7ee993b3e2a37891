using System.Collections.Concurrent;
using WhatsSession.Emulator.Clock;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Journal;
using WhatsSession.Emulator.Numbers;
using WhatsSession.Emulator.Webhooks;

namespace WhatsSession.Emulator.Accounts;

/// <summary>What Meta keeps accounts from doing, and until when. Thread safe.</summary>
/// <remarks>
/// Kinds per https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update, as of November 2026;
/// codes per …/support/error-codes, 12 December 2025, and …/direct-send, 31 July 2026.
/// </remarks>
internal sealed class AccountRestrictions(NumberDirectory numbers, MetaTime time, WebhookPump pump, ChangeFeed changes)
{
    public const string Answering = "RESTRICTED_CUSTOMER_INITIATED_MESSAGING";
    public const string Initiating = "RESTRICTED_BIZ_INITIATED_MESSAGING";
    public const string DirectSend = "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES";

    private readonly ConcurrentDictionary<(string AccountId, string Kind), DateTimeOffset> _until = new();

    /// <summary>Restricts every account and tells the business.</summary>
    public Task AddAsync(string kind, TimeSpan lasting) =>
        Task.WhenAll(numbers.All.Select(static n => n.BusinessAccountId).Distinct(StringComparer.Ordinal).Select(a => AddAsync(a, kind, lasting)));

    private Task AddAsync(string accountId, string kind, TimeSpan lasting)
    {
        var until = MetaTime.WholeSecond(time.Now + lasting);
        _until[(accountId, kind)] = until;
        changes.Tell();
        return pump.EnqueueAsync(new()
        {
            Kind = "account_update:restriction",
            AccountId = accountId,
            MessageId = accountId,
            Field = "account_update",
            Array = null,
            Element = WebhookParts.Restriction(kind, until),
        });
    }

    /// <returns>Why a send is refused; null when it is not.</returns>
    public GraphError? Refusal(string accountId, bool insideWindow, bool isDirectSend) =>
        Holds(accountId, insideWindow ? Answering : Initiating) ? GraphError.Restricted
        : isDirectSend && Holds(accountId, DirectSend) ? GraphError.DirectSendBlocked
        : null;

    private bool Holds(string accountId, string kind) => _until.TryGetValue((accountId, kind), out var until) && time.Now < until;
}
