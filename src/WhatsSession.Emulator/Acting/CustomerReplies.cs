using System.Text.Json;
using WhatsSession.Emulator.Acting;
using WhatsSession.Emulator.Customers;
using WhatsSession.Emulator.Templates;

namespace WhatsSession.Emulator;

/// <summary>What customers do with messages they received: tap, pick, complete a flow, react, quote, play.</summary>
public static class CustomerReplies
{
    /// <summary>Taps a reply button or a template's quick reply, of the latest received message that has it.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="buttonId">The button's id; for a quick reply its payload, or its label if it has no payload.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="InvalidOperationException">No received message has such a button.</exception>
    public static Task<string> TapsAsync(this EmulatedCustomer customer, string buttonId, CancellationToken cancellationToken = default)
    {
        var choice = FindChoice(customer, ReplyChoices.Buttons, buttonId) ?? throw Absent(customer, "button", buttonId);
        return AnswerAsync(customer, choice, cancellationToken);
    }

    /// <summary>Picks a row of the latest received list that has it.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="rowId">The row's id.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="InvalidOperationException">No received list has such a row.</exception>
    public static Task<string> PicksAsync(this EmulatedCustomer customer, string rowId, CancellationToken cancellationToken = default)
    {
        var choice = FindChoice(customer, ReplyChoices.Rows, rowId) ?? throw Absent(customer, "row", rowId);
        return AnswerAsync(customer, choice, cancellationToken);
    }

    /// <summary>Completes the flow of a received message.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="messageId">The message with the flow (interactive, or a template's button).</param>
    /// <param name="responseJson">What was filled in: a JSON object.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="ArgumentException">That is not a JSON object.</exception>
    /// <exception cref="InvalidOperationException">No such message was received.</exception>
    public static Task<string> CompletesFlowAsync(
        this EmulatedCustomer customer, string messageId, string responseJson, CancellationToken cancellationToken = default)
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

        var message = FindReceived(customer, messageId);
        return customer.WriteAsync(
            new(customer.Person, message.Number, "interactive", json => CustomerContent.WriteFlow(json, responseJson))
            {
                AnswerTo = message.Id,
                Group = message.Group,
            },
            cancellationToken);
    }

    /// <summary>Reacts to a received message.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="emoji">The emoji; empty to take the reaction back.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The reaction's id (wamid).</returns>
    /// <exception cref="InvalidOperationException">No such message was received.</exception>
    public static Task<string> ReactsAsync(this EmulatedCustomer customer, string messageId, string emoji, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(emoji);
        var message = FindReceived(customer, messageId);
        return customer.WriteAsync(
            new(customer.Person, message.Number, "reaction", json => CustomerContent.WriteReaction(json, message.Id, emoji))
            {
                OpensWindow = customer.World.Intake.ReactionsOpenWindow,
                Group = message.Group,
            },
            cancellationToken);
    }

    /// <summary>Answers a received message with a text that quotes it.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="InvalidOperationException">No such message was received.</exception>
    public static Task<string> QuotesAsync(this EmulatedCustomer customer, string messageId, string text, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var message = FindReceived(customer, messageId);
        return customer.WriteAsync(
            new(customer.Person, message.Number, "text", json => CustomerContent.WriteText(json, text)) { AnswerTo = message.Id, Group = message.Group },
            cancellationToken);
    }

    /// <summary>Plays a voice note that the business sent: a <c>played</c> status follows, after <c>read</c> if it was not read before.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="messageId">The message: an <c>audio</c> with <c>voice</c>.</param>
    /// <param name="cancellationToken">Stops the waiting; the statuses are on their way.</param>
    /// <returns>Completes when the business has answered the statuses.</returns>
    /// <exception cref="InvalidOperationException">No such message was received, or it is no voice note.</exception>
    public static Task PlaysAsync(this EmulatedCustomer customer, string messageId, CancellationToken cancellationToken = default)
    {
        customer.Person.ThrowIfLeft();
        var message = FindReceived(customer, messageId);
        var courier = customer.World.Courier;
        return message.IsVoice
            ? Task.WhenAll(courier.ReadAsync(message), courier.PlayAsync(message)).WaitAsync(cancellationToken)
            : throw new InvalidOperationException("That message is not a voice note: only an audio sent with 'voice' is played.");
    }

    private static ReplyChoice? FindChoice(EmulatedCustomer customer, Func<ReceivedMessage, Template?, IEnumerable<ReplyChoice>> choices, string id) =>
        customer.Person.Handset.Arrived.Reverse()
            .SelectMany(m => choices(m.Arrival!, m.Template))
            .FirstOrDefault(c => string.Equals(c.Id, id, StringComparison.Ordinal));

    private static InvalidOperationException Absent(EmulatedCustomer customer, string what, string id) =>
        new($"No message that {customer} received has a {what} '{id}': let the business send one first, and await SettleAsync if delivery takes time.");

    private static Task<string> AnswerAsync(EmulatedCustomer customer, ReplyChoice choice, CancellationToken cancellationToken) => customer.WriteAsync(
        new(customer.Person, customer.World.Numbers.Get(choice.NumberId), choice.Type, choice.Write)
        {
            AnswerTo = choice.MessageId,
            Group = FindReceived(customer, choice.MessageId).Group,
        },
        cancellationToken);

    private static OutboundMessage FindReceived(EmulatedCustomer customer, string messageId) =>
        customer.Person.Handset.Arrived.FirstOrDefault(m => string.Equals(m.Id, messageId, StringComparison.Ordinal))
        ?? throw new InvalidOperationException(
            $"{customer} received no message with that id: let the business send one first, and await SettleAsync if delivery takes time.");
}
