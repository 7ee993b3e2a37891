using NodaTime;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>Keeps what tells that identifiers are one customer, and looks again at the conversations that it joins or parts.</summary>
/// <param name="session">The session that writes.</param>
/// <param name="now">The moment.</param>
/// <param name="firstCheck">How long after a customer's event the first alert is due that any host plans; null for none.</param>
/// <param name="anyHeld">Whether any message is held.</param>
/// <param name="anyAlias">Whether any alias is known.</param>
internal sealed class SqliteJoining(SqliteSession session, Instant now, Duration? firstCheck, bool anyHeld, bool anyAlias)
{
    // Once true it stays so: the first alias may come with the events that it concerns.
    private bool _anyAlias = anyAlias;

    /// <summary>Notes that an event named a phone and a BSUID together.</summary>
    /// <returns>Whether the customer is to be looked at again, once the event is kept.</returns>
    public bool Join(PhoneNumberId number, IdentityLink link, Instant timestamp)
    {
        var at = timestamp.ToUnixTimeSeconds();
        var (known, form) = SqliteIdentities.FindLink(session, number, link);
        if (known <= at)
        {
            return false;
        }

        SqliteIdentities.Add(session, number, link, at);
        if (known is not null)
        {
            return true;
        }

        var (others, other, isPhoneKnown) = SqliteIdentities.FindMet(session, number, link);
        if (others == 1)
        {
            Tell(number, link.Phone, other!.Value, link.BusinessScopedId);
        }

        TellIfStandsAlone(number, link.Phone, form, other: null);
        return others > 0 || isPhoneKnown || anyHeld;
    }

    /// <summary>Looks again at the customers of a link that is new, or known from an earlier time on.</summary>
    public void LookAgain(PhoneNumberId number, IdentityLink link)
    {
        LookAgain(number, link.Phone.Value);
        foreach (var user in SqliteIdentities.FindUsers(session, number, link.Phone.Value))
        {
            LookAgain(number, user);
        }
    }

    /// <summary>Notes that a BSUID was replaced by another.</summary>
    public void Join(PhoneNumberId number, IdentityRotation rotation)
    {
        if (SqliteIdentities.Add(session, number, rotation))
        {
            LookAgain(number, rotation.Current.Value);
        }
    }

    /// <summary>Notes the canonical form of a dialled number.</summary>
    public void Join(PhoneNumberId number, IdentityAlias alias)
    {
        if (SqliteIdentities.Knows(session, number, alias))
        {
            return;
        }

        var (dialled, canonical) = (alias.Dialled.Value, alias.Canonical.Value);
        var hadForm = SqliteIdentities.HasForm(session, number, dialled);
        var form = SqliteIdentities.FindForm(session, number, dialled);
        var formOfCanonical = SqliteIdentities.FindForm(session, number, canonical);
        SqliteIdentities.Add(session, number, alias);
        _anyAlias = true;
        TellIfStandsAlone(number, alias.Canonical, formOfCanonical, other: null);
        if (hadForm)
        {
            TellIfStandsAlone(number, alias.Dialled, form, alias.Canonical);
        }
        else if (SqliteIdentities.FindForm(session, number, dialled) is null)
        {
            Tell(number, alias.Dialled, alias.Dialled, alias.Canonical);
        }

        LookAgain(number, dialled);
        LookAgain(number, canonical);
    }

    /// <summary>The form that a phone stands for which is about to be named as that of a sender; null when it stands alone.</summary>
    public string? FormBefore(ConversationKey phone) => _anyAlias ? SqliteIdentities.FindForm(session, phone.Number, phone.Party) : null;

    /// <summary>Tells of a number that stood for another until now.</summary>
    /// <param name="number">The business number.</param>
    /// <param name="dialled">The number.</param>
    /// <param name="form">What it stood for; null for nothing.</param>
    /// <param name="other">Another form that was named for it; null when Meta named it itself.</param>
    public void TellIfStandsAlone(PhoneNumberId number, CustomerId dialled, string? form, CustomerId? other)
    {
        if (form is not null && SqliteIdentities.FindForm(session, number, dialled.Value) is null)
        {
            Tell(number, dialled, other ?? dialled, CustomerId.Parse(form));
            LookAgain(number, dialled.Value);
            LookAgain(number, form);
        }
    }

    private void Tell(PhoneNumberId number, CustomerId phone, CustomerId one, CustomerId other) =>
        SqliteOutbox.Enqueue(session, IdentityConflict.ToEvent(number, phone, one, other, now));

    /// <summary>
    /// The customer may have written under one identifier before it was known that a message is held for the other;
    /// the conversation's latest event may be another now, whose alerts are to come; and a copy may be of a send to the other.
    /// </summary>
    private void LookAgain(PhoneNumberId number, string party)
    {
        var conversation = ConversationKey.Restore(number, party);
        SqliteCopies.LookAgain(session, conversation, now);
        var holder = SqliteConversations.ReadHolder(session, conversation);
        if (holder.State.LastInbound is not { } inbound)
        {
            return;
        }

        if (anyHeld)
        {
            SqliteHeld.Release(session, conversation, inbound);
        }

        if (firstCheck is { } delay && CustomerServiceWindow.ClosesAt(inbound) > now)
        {
            SqliteConversations.ArmBy(session, holder.Conversation, inbound + delay);
        }
    }
}
