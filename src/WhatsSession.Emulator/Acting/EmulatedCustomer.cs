using System.Text.Json;
using WhatsSession.Emulator.Acting;
using WhatsSession.Emulator.Customers;
using WhatsSession.Emulator.Numbers;
using WhatsSession.Emulator.Templates;

namespace WhatsSession.Emulator;

/// <summary>A person with WhatsApp. What they do reaches the business as webhooks; what the business sends arrives here.</summary>
/// <remarks>
/// Every action completes when the business has answered its webhook, or when the webhook is recorded if no consumer is connected; a failed webhook does not
/// fail the action. Inside a consumer that is a function, an action does not wait: its webhook is delivered after the current one. Thread safe.
/// <see cref="CustomerFiles"/>, <see cref="CustomerSharing"/> and <see cref="CustomerRelations"/> have more actions.
/// </remarks>
public sealed class EmulatedCustomer
{
    internal EmulatedCustomer(Person person, World world) => (Person, World) = (person, world);

    /// <summary>The phone number, digits only.</summary>
    public string Phone => Person.Phone;

    /// <summary>The profile name.</summary>
    public string Name => Person.Name;

    /// <summary>The user name, if there is one.</summary>
    public string? Username => Person.Username;

    /// <summary>The business-scoped user id (BSUID).</summary>
    public string UserId => Person.UserId;

    /// <summary>Whether webhooks leave the phone number out.</summary>
    public bool HidesPhone => Person.HidesPhone;

    /// <summary>Everything that has arrived so far, in order.</summary>
    public IReadOnlyList<ReceivedMessage> Received => [.. Person.Handset.Arrived.Select(static m => m.Arrival!)];

    /// <summary>Whether messages can reach the customer at all. If not, they are accepted and later fail with 131026.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool IsReachable
    {
        get => Person.IsReachable;
        set => Person.IsReachable = value;
    }

    /// <summary>
    /// Whether the phone is on. While it is off, messages stay at <c>sent</c>. When it is on again, messages arrive unless they are too old: 10 minutes for
    /// one-time codes, 30 days for others, or what the request says.
    /// </summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool IsOnline
    {
        get => Person.Handset.IsOn;
        set
        {
            if (!value)
            {
                Person.Handset.TurnOff();
                return;
            }

            foreach (var waiting in Person.Handset.TurnOn())
            {
                World.Courier.Deliver(waiting);
            }
        }
    }

    internal Person Person { get; }

    internal World World { get; }

    /// <summary>Writes a text to the one business number there is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="InvalidOperationException">The emulator serves several numbers.</exception>
    public Task<string> SaysAsync(string text, CancellationToken cancellationToken = default) =>
        SayAsync(text, World.Numbers.Only(), group: null, cancellationToken);

    /// <summary>Writes a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="ArgumentException">The emulator does not serve that number.</exception>
    public Task<string> SaysAsync(string text, string toNumber, CancellationToken cancellationToken = default) =>
        SayAsync(text, World.Numbers.Get(toNumber), group: null, cancellationToken);

    /// <summary>Writes a text in a group. This opens the group's window, not the customer's own window.</summary>
    /// <param name="text">The text.</param>
    /// <param name="groupId">The group.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="ArgumentException">There is no such group.</exception>
    /// <exception cref="InvalidOperationException">The customer is not in it.</exception>
    public Task<string> SaysInGroupAsync(string text, string groupId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var group = Joined(groupId);
        return SayAsync(text, group.Number, group, cancellationToken);
    }

    /// <summary>Taps a reply button or a template's quick reply, of the latest received message that has it.</summary>
    /// <param name="buttonId">The button's id; for a quick reply its payload, or its label if it has no payload.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="InvalidOperationException">No received message has such a button.</exception>
    public Task<string> TapsAsync(string buttonId, CancellationToken cancellationToken = default)
    {
        var choice = FindChoice(ReplyChoices.Buttons, buttonId) ?? throw Absent("button", buttonId);
        return AnswerAsync(choice, cancellationToken);
    }

    /// <summary>Picks a row of the latest received list that has it.</summary>
    /// <param name="rowId">The row's id.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="InvalidOperationException">No received list has such a row.</exception>
    public Task<string> PicksAsync(string rowId, CancellationToken cancellationToken = default)
    {
        var choice = FindChoice(ReplyChoices.Rows, rowId) ?? throw Absent("row", rowId);
        return AnswerAsync(choice, cancellationToken);
    }

    /// <summary>Completes the flow of a received message.</summary>
    /// <param name="messageId">The message with the flow (interactive, or a template's button).</param>
    /// <param name="responseJson">The answers in the flow: a JSON object.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="ArgumentException">That is not a JSON object.</exception>
    /// <exception cref="InvalidOperationException">No such message was received.</exception>
    public Task<string> CompletesFlowAsync(
        string messageId, string responseJson, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(responseJson);
        try
        {
            using var document = JsonDocument.Parse(responseJson);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new ArgumentException("The answer of a flow is a JSON object.", nameof(responseJson));
            }
        }
        catch (JsonException e)
        {
            throw new ArgumentException("The answer of a flow is a JSON object.", nameof(responseJson), e);
        }

        var message = FindReceived(messageId);
        return WriteAsync(
            new(Person, message.Number, "interactive", json => CustomerContent.WriteFlow(json, responseJson))
            {
                AnswerTo = message.Id,
                Group = message.Group,
            },
            cancellationToken);
    }

    /// <summary>Reacts to a received message.</summary>
    /// <param name="messageId">The message.</param>
    /// <param name="emoji">The emoji; empty to remove the reaction.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The reaction's id (wamid).</returns>
    /// <exception cref="InvalidOperationException">No such message was received.</exception>
    public Task<string> ReactsAsync(string messageId, string emoji, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(emoji);
        var message = FindReceived(messageId);
        return WriteAsync(
            new(Person, message.Number, "reaction", json => CustomerContent.WriteReaction(json, message.Id, emoji))
            {
                OpensWindow = World.Settings.ReactionsOpenWindow,
                Group = message.Group,
            },
            cancellationToken);
    }

    /// <summary>Answers a received message with a text that quotes it.</summary>
    /// <param name="messageId">The message.</param>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="InvalidOperationException">No such message was received.</exception>
    public Task<string> QuotesAsync(string messageId, string text, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var message = FindReceived(messageId);
        return WriteAsync(
            new(Person, message.Number, "text", json => CustomerContent.WriteText(json, text)) { AnswerTo = message.Id, Group = message.Group },
            cancellationToken);
    }

    /// <summary>Plays a voice note that the business sent: a <c>played</c> status follows, after <c>read</c> if it was not read before.</summary>
    /// <param name="messageId">The message: an <c>audio</c> with <c>voice</c>.</param>
    /// <param name="cancellationToken">Stops the waiting; the statuses are on their way.</param>
    /// <returns>Completes when the business has answered the statuses.</returns>
    /// <exception cref="InvalidOperationException">No such message was received, or it is not a voice note.</exception>
    public Task PlaysAsync(string messageId, CancellationToken cancellationToken = default)
    {
        Person.ThrowIfLeft();
        var message = FindReceived(messageId);
        var courier = World.Courier;
        return message.IsVoice
            ? Task.WhenAll(courier.ReadAsync(message), courier.PlayAsync(message)).WaitAsync(cancellationToken)
            : throw new InvalidOperationException("That message is not a voice note: only an audio sent with 'voice' is played.");
    }

    /// <summary>Reads everything that has arrived: a <c>read</c> status for each message not read before.</summary>
    /// <param name="cancellationToken">Stops the waiting; the statuses are on their way.</param>
    /// <returns>Completes when the business has answered the statuses.</returns>
    public Task ReadsAsync(CancellationToken cancellationToken = default)
    {
        Person.ThrowIfLeft();
        var unread = Person.Handset.Arrived.Where(static m => !m.IsReaction && m.Stage < MessageStage.Read).ToList();
        return Task.WhenAll(unread.ConvertAll(World.Courier.ReadAsync)).WaitAsync(cancellationToken);
    }

    /// <summary>Waits for the next message that no other call has returned.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The message.</returns>
    public async Task<ReceivedMessage> NextAsync(CancellationToken cancellationToken = default) =>
        await Person.Handset.Untaken.ReadAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// The customer gives up the phone number, and the business is not told. Messages to the user id fail with 131026 from now on. The next owner of the
    /// number is another customer, with another user id and no open window. After this call each action of this customer throws
    /// <see cref="InvalidOperationException"/>.
    /// </summary>
    public void Leaves()
    {
        Person.ThrowIfLeft();
        Person.Leave();
        World.Customers.Remove(Person);
        World.Cast.Forget(Person);
    }

    /// <summary>Adopts a user name and hides the phone number: webhooks leave it out from now on.</summary>
    /// <param name="username">The user name.</param>
    public void HidesPhoneBehind(string username)
    {
        ArgumentException.ThrowIfNullOrEmpty(username);
        Person.ThrowIfLeft();
        World.Customers.Update(Phone, known => known with { Username = username, HidesPhone = true });
    }

    /// <summary>
    /// Changes the phone number, and with it the user id. Every business number that the customer had contact with gets a <c>system</c> message. Open windows
    /// stay open.
    /// </summary>
    /// <param name="phone">The new number with its country code.</param>
    /// <param name="cancellationToken">Stops the waiting; the webhooks are on their way.</param>
    /// <returns>Completes when the business has answered the webhooks.</returns>
    /// <exception cref="ArgumentException">That is not a phone number.</exception>
    /// <exception cref="InvalidOperationException">The number belongs to another customer.</exception>
    public Task ChangesNumberAsync(string phone, CancellationToken cancellationToken = default)
    {
        var digits = PhoneDigits.Find(phone)
            ?? throw new ArgumentException($"'{phone}' is not a phone number: give 7 to 15 digits with the country code.", nameof(phone));
        Person.ThrowIfLeft();
        var change = World.Customers.Move(Person, digits);
        var known = World.Numbers.All.Where(number => Person.FindPair(number) is { IsMet: true });
        return Task.WhenAll([.. known.Select(number => World.News.NumberChangeAsync(number, change, World.Time.Now))]).WaitAsync(cancellationToken);
    }

    /// <summary>Names the customer without personal data.</summary>
    /// <returns>The last two digits of the phone number.</returns>
    public override string ToString() => Person.ToString();

    /// <returns>The message's id (wamid).</returns>
    internal Task<string> WriteAsync(CustomerDraft draft, CancellationToken cancellationToken) => World.Intake.ReceiveAsync(draft, cancellationToken);

    /// <exception cref="ArgumentException">There is no such group.</exception>
    /// <exception cref="InvalidOperationException">The customer is not in it.</exception>
    internal Group Joined(string groupId)
    {
        ArgumentNullException.ThrowIfNull(groupId);
        var group = World.Groups.Find(groupId) ?? throw new ArgumentException("The emulator has no group of that id: add it with AddGroup.", nameof(groupId));
        return group.Participants.Contains(Person) ? group : throw new InvalidOperationException(
            $"{this} is not in that group: name them among its participants.");
    }

    private Task<string> SayAsync(string text, EmulatedNumber number, Group? group, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return WriteAsync(new(Person, number, "text", json => CustomerContent.WriteText(json, text)) { Group = group }, cancellationToken);
    }

    private ReplyChoice? FindChoice(Func<ReceivedMessage, Template?, IEnumerable<ReplyChoice>> choices, string id) =>
        Person.Handset.Arrived.Reverse()
            .SelectMany(m => choices(m.Arrival!, m.Template))
            .FirstOrDefault(c => string.Equals(c.Id, id, StringComparison.Ordinal));

    private InvalidOperationException Absent(string what, string id) =>
        new($"No message that {this} received has a {what} '{id}': let the business send one first, and await SettleAsync if delivery takes time.");

    private Task<string> AnswerAsync(ReplyChoice choice, CancellationToken cancellationToken) => WriteAsync(
        new(Person, World.Numbers.Get(choice.NumberId), choice.Type, choice.Write)
        {
            AnswerTo = choice.MessageId,
            Group = FindReceived(choice.MessageId).Group,
        },
        cancellationToken);

    private OutboundMessage FindReceived(string messageId) =>
        Person.Handset.Arrived.FirstOrDefault(m => string.Equals(m.Id, messageId, StringComparison.Ordinal))
        ?? throw new InvalidOperationException(
            $"{this} received no message with that id: let the business send one first, and await SettleAsync if delivery takes time.");
}
