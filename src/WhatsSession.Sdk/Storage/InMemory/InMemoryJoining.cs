using NodaTime;

namespace WhatsSession.Storage.InMemory;

/// <summary>Keeps what tells that identifiers are one customer, and looks again at the conversations that it joins or parts.</summary>
/// <param name="state">The store, under its gate.</param>
/// <param name="now">The moment.</param>
/// <param name="firstCheck">How long after a customer's event the first alert is due that any host plans; null for none.</param>
internal readonly ref struct InMemoryJoining(InMemoryState state, Instant now, Duration? firstCheck)
{
    /// <summary>Notes that an event named a phone and a BSUID together.</summary>
    /// <returns>Whether something changed; then the customer is to be looked at again, once the event is kept.</returns>
    public bool Join(PhoneNumberId number, IdentityLink link, Instant at)
    {
        var (phone, user) = (new ConversationKey(number, link.Phone), new ConversationKey(number, link.BusinessScopedId));
        if (state.Identities.Knows(phone, user, at))
        {
            return false;
        }

        var form = state.Identities.CanonicalOf(phone);
        var wasRecycled = state.Identities.IsRecycled(phone);
        state.Conversations.MarkIfErased(phone);
        state.Conversations.MarkIfErased(user);
        if (state.Identities.Add(phone, user, at))
        {
            state.Conversations.MarkJoined(phone, user);
            TellIfStandsAlone(phone, form);
            if (!wasRecycled && state.Identities.IsRecycled(phone))
            {
                Tell(phone, state.Identities.LinkedWith(phone).First(other => other != user), user);
            }
        }

        return true;
    }

    /// <summary>Looks again at the customers of a link that is new, or known from an earlier time on.</summary>
    public void LookAgain(PhoneNumberId number, IdentityLink link)
    {
        var phone = new ConversationKey(number, link.Phone);
        LookAgain(phone);
        foreach (var user in state.Identities.LinkedWith(phone))
        {
            LookAgain(user);
        }
    }

    /// <summary>Notes that a BSUID was replaced by another.</summary>
    public void Join(PhoneNumberId number, IdentityRotation rotation)
    {
        var (previous, current) = (new ConversationKey(number, rotation.Previous), new ConversationKey(number, rotation.Current));
        if (state.Identities.AddRotation(previous, current))
        {
            state.Conversations.MarkJoined(previous, current);
            LookAgain(current);
        }
    }

    /// <summary>Notes the canonical form of a dialled number.</summary>
    public void Join(PhoneNumberId number, IdentityAlias alias)
    {
        var (dialled, canonical) = (new ConversationKey(number, alias.Dialled), new ConversationKey(number, alias.Canonical));
        var (hadForm, form, formOfCanonical) = (
            state.Identities.FormsOf(dialled).Count > 0, state.Identities.CanonicalOf(dialled), state.Identities.CanonicalOf(canonical));
        if (!state.Identities.AddAlias(dialled, canonical))
        {
            return;
        }

        state.Conversations.MarkJoined(dialled, canonical);
        TellIfStandsAlone(canonical, formOfCanonical);
        if (hadForm)
        {
            TellIfStandsAlone(dialled, form, canonical);
        }
        else if (state.Identities.CanonicalOf(dialled) == dialled)
        {
            Tell(dialled, dialled, canonical);
        }

        LookAgain(dialled);
        LookAgain(canonical);
    }

    /// <summary>Notes that Meta named a phone as that of a sender.</summary>
    /// <param name="phone">The phone.</param>
    /// <param name="form">What it was taken for before.</param>
    public void Name(ConversationKey phone, ConversationKey form) => TellIfStandsAlone(phone, form);

    /// <summary>Tells of a number that stood for another until now.</summary>
    private void TellIfStandsAlone(ConversationKey dialled, ConversationKey form, ConversationKey? other = null)
    {
        if (form != dialled && state.Identities.CanonicalOf(dialled) == dialled)
        {
            Tell(dialled, other ?? dialled, form);
            LookAgain(dialled);
            LookAgain(form);
        }
    }

    private void Tell(ConversationKey phone, ConversationKey one, ConversationKey other) =>
        state.Inbox.Enqueue(IdentityConflict.ToEvent(phone.Number, phone.Customer!.Value, one.Customer!.Value, other.Customer!.Value, now));

    /// <summary>
    /// The customer may have written under one identifier before it was known that a message is held for the other;
    /// and the conversation's latest event may be another now, whose alerts are to come.
    /// </summary>
    private void LookAgain(ConversationKey conversation)
    {
        var holder = state.Conversations.ReadHolder(conversation);
        if (holder.State.LastInbound is not { } inbound)
        {
            return;
        }

        state.Held.Release(conversation, inbound);
        if (firstCheck is { } delay && CustomerServiceWindow.ClosesAt(inbound) > now)
        {
            state.Windows.Arm(holder.Conversation, inbound + delay);
        }
    }
}
