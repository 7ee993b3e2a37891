using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using WhatsSession.Diagnostics;
using WhatsSession.Options;
using WhatsSession.Shared;

namespace WhatsSession.Accepting;

/// <summary>Whose webhooks are let in: size, signature, and the app that a number is bound to. Answers Meta's verification too.</summary>
internal sealed class WebhookGate(WhatsSessionSettings settings, RecurringWarnings recurring, ILogger<WebhookAcceptor> log)
{
    public bool IsTooLarge(int length)
    {
        if (length <= settings.MaximumBodySize)
        {
            return false;
        }

        var level = recurring.LevelOf(nameof(Log.WebhookTooLarge));
        log.WebhookTooLarge(level, length, settings.MaximumBodySize);
        return true;
    }

    /// <summary>The apps whose secret signed the body; null when none did.</summary>
    public IReadOnlyList<string>? FindSigners(ReadOnlySpan<byte> body, string? signature)
    {
        if (!settings.Verifier.HasSecrets)
        {
            Refuse("no app secret is set, so no signature can be checked; set WhatsSession:AppSecret.");
            return null;
        }

        if (settings.Verifier.FindSigners(body, signature) is { } signers)
        {
            return signers;
        }

        Refuse(string.IsNullOrEmpty(signature)
            ? $"it has no {WebhookSignature.HeaderName} header."
            : "its signature does not match; is WhatsSession:AppSecret the secret of the app that sends it, and is the body passed on byte for byte?");
        return null;
    }

    /// <summary>Whether an event belongs to numbers that get their events from another app than those that signed it.</summary>
    public bool HoldsEventsOfAnotherApp(List<WhatsAppEvent> events, IReadOnlyList<string> signers)
    {
        if (!settings.HasBoundNumbers || !events.Exists(read => IsOfAnotherApp(read, signers)))
        {
            return false;
        }

        Refuse(
            "an event in it is of a number, or of its account, whose App is another than the one whose secret signed it; does the number's App name the "
            + "app that is subscribed to it?");
        return true;
    }

    /// <summary>Compares the token in constant time.</summary>
    /// <returns>The text to answer; null to refuse.</returns>
    public string? AnswerVerification(string? mode, string? verifyToken, string? challenge)
    {
        var given = Encoding.UTF8.GetBytes(verifyToken ?? "");
        var matches = false;
        foreach (var token in settings.VerifyTokens)
        {
            matches |= CryptographicOperations.FixedTimeEquals(token, given);
        }

        if (matches && mode == "subscribe")
        {
            log.AddressVerified();
            return challenge ?? "";
        }

        // Whoever opens the address without any of the three is a browser or a scanner.
        if ((mode ?? verifyToken ?? challenge) is not null)
        {
            RefuseVerification(
                settings.VerifyTokens.Count == 0 ? "no verify token is set; set WhatsSession:VerifyToken."
                : matches ? "its hub.mode is not \"subscribe\", as Meta's is."
                : "its token is not WhatsSession:VerifyToken. If it was Meta's, type the same token into the webhook page of the Meta app "
                    + "and into the options.");
        }

        return null;
    }

    private void Refuse(string reason)
    {
        var level = recurring.LevelOf(nameof(Log.WebhookRefused), reason);
        log.WebhookRefused(level, reason);
    }

    private void RefuseVerification(string reason)
    {
        var level = recurring.LevelOf(nameof(Log.VerificationRefused), reason);
        log.VerificationRefused(level, reason);
    }

    /// <summary>Whether every number that the event can belong to gets its events from another app.</summary>
    private bool IsOfAnotherApp(WhatsAppEvent read, IReadOnlyList<string> signers)
    {
        var isOwned = false;
        foreach (var number in settings.ById.Values)
        {
            if (read.Number is { } id ? number.Id == id : number.Account is { } account && account == read.Account)
            {
                if (number.App is null || signers.Contains(number.App, StringComparer.OrdinalIgnoreCase))
                {
                    return false;
                }

                isOwned = true;
            }
        }

        return isOwned;
    }
}
