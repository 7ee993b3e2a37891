using System.Text.Json;

namespace WhatsSession.Emulator;

/// <content>Messages that are more than a text: files, places, people, answers to flows, reactions, clicks on advertisements.</content>
public sealed partial class EmulatedCustomer
{
    /// <summary>Sends a file to the one business number there is.</summary>
    /// <param name="media">The file.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="ArgumentException">The type is not one of media.</exception>
    public Task<string> SendsAsync(CustomerMedia media, CancellationToken cancellationToken = default) => SendMediaAsync(Checked(media), _meta.OnlyNumber(), cancellationToken);

    /// <summary>Sends a file.</summary>
    /// <param name="media">The file.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="ArgumentException">The type is not one of media.</exception>
    public Task<string> SendsAsync(CustomerMedia media, string toNumber, CancellationToken cancellationToken = default) => SendMediaAsync(Checked(media), _meta.Number(toNumber), cancellationToken);

    /// <summary>Shares a place; as the answer when a location request was the latest message received.</summary>
    /// <param name="location">The place.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    public Task<string> SharesLocationAsync(CustomerLocation location, CancellationToken cancellationToken = default) => ShareAsync(location, _meta.OnlyNumber(), cancellationToken);

    /// <summary>Shares a place; as the answer when a location request was the latest message received.</summary>
    /// <param name="location">The place.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    public Task<string> SharesLocationAsync(CustomerLocation location, string toNumber, CancellationToken cancellationToken = default) => ShareAsync(location, _meta.Number(toNumber), cancellationToken);

    /// <summary>Shares somebody's name and phone number with the one business number there is.</summary>
    /// <param name="name">The name.</param>
    /// <param name="phone">The phone number.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    public Task<string> SharesContactAsync(string name, string phone, CancellationToken cancellationToken = default) => ShareAsync(name, phone, _meta.OnlyNumber(), cancellationToken);

    /// <summary>Shares somebody's name and phone number.</summary>
    /// <param name="name">The name.</param>
    /// <param name="phone">The phone number.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    public Task<string> SharesContactAsync(string name, string phone, string toNumber, CancellationToken cancellationToken = default) => ShareAsync(name, phone, _meta.Number(toNumber), cancellationToken);

    /// <summary>Comes from an advertisement and writes to the one business number there is. The business's answer within 24 hours opens the free entry point window.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ad">The advertisement.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    public Task<string> ClicksAdAsync(string text, CustomerAd ad, CancellationToken cancellationToken = default) => ClickAsync(text, ad, _meta.OnlyNumber(), cancellationToken);

    /// <summary>Comes from an advertisement and writes. The business's answer within 24 hours opens the free entry point window.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ad">The advertisement.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    public Task<string> ClicksAdAsync(string text, CustomerAd ad, string toNumber, CancellationToken cancellationToken = default) => ClickAsync(text, ad, _meta.Number(toNumber), cancellationToken);

    /// <summary>Completes the flow of a received message.</summary>
    /// <param name="messageId">The message with the flow (interactive, or a template's button).</param>
    /// <param name="responseJson">What was filled in: a JSON object.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="ArgumentException">That is not a JSON object.</exception>
    /// <exception cref="InvalidOperationException">No such message was received.</exception>
    public Task<string> CompletesFlowAsync(string messageId, string responseJson, CancellationToken cancellationToken = default)
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
        return _meta.ReceiveAsync(new(this, message.Number, "interactive", json => WriteFlow(json, responseJson)) { AnswerTo = message.Id, Group = message.Group }, cancellationToken);
    }

    /// <summary>Reacts to a received message.</summary>
    /// <param name="messageId">The message.</param>
    /// <param name="emoji">The emoji; empty to take the reaction back.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The reaction's id (wamid).</returns>
    /// <exception cref="InvalidOperationException">No such message was received.</exception>
    public Task<string> ReactsAsync(string messageId, string emoji, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(emoji);
        var message = FindReceived(messageId);
        return _meta.ReceiveAsync(new(this, message.Number, "reaction", json => WriteReaction(json, message.Id, emoji)) { OpensWindow = _meta.ReactionsOpenWindow, Group = message.Group }, cancellationToken);
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
        return _meta.ReceiveAsync(new(this, message.Number, "text", json => WriteText(json, text)) { AnswerTo = message.Id, Group = message.Group }, cancellationToken);
    }

    /// <summary>Plays a voice note that the business sent: a <c>played</c> status follows, after <c>read</c> if it was not read before.</summary>
    /// <param name="messageId">The message: an <c>audio</c> with <c>voice</c>.</param>
    /// <param name="cancellationToken">Stops the waiting; the statuses are on their way.</param>
    /// <returns>Completes when the business has answered the statuses.</returns>
    /// <exception cref="InvalidOperationException">No such message was received, or it is no voice note.</exception>
    public Task PlaysAsync(string messageId, CancellationToken cancellationToken = default)
    {
        ThrowIfLeft();
        var message = FindReceived(messageId);
        return message.IsVoice
            ? Task.WhenAll(_meta.Courier.ReadAsync(message), _meta.Courier.PlayAsync(message)).WaitAsync(cancellationToken)
            : throw new InvalidOperationException("That message is not a voice note: only an audio sent with 'voice' is played.");
    }

    private static CustomerMedia Checked(CustomerMedia media)
    {
        ArgumentNullException.ThrowIfNull(media);
        return media.Type is "image" or "video" or "audio" or "document" or "sticker"
            ? media
            : throw new ArgumentException($"'{media.Type}' is not a type of media: use image, video, audio, document or sticker.", nameof(media));
    }

    private OutboundMessage FindReceived(string messageId) =>
        Chat.OfType<OutboundMessage>().FirstOrDefault(m => string.Equals(m.Id, messageId, StringComparison.Ordinal))
        ?? throw new InvalidOperationException($"{this} received no message with that id: let the business send one first, and await SettleAsync if delivery takes time.");

    private Task<string> ShareAsync(CustomerLocation location, EmulatedNumber number, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(location);
        var latest = Chat.OfType<OutboundMessage>().LastOrDefault(m => m.Number == number && m.Group is null);
        var asked = latest is not null && latest.Arrival!.Json.Contains("location_request_message", StringComparison.Ordinal);
        return _meta.ReceiveAsync(new(this, number, "location", location.Write) { AnswerTo = asked ? latest!.Id : null }, cancellationToken);
    }

    private Task<string> ShareAsync(string name, string phone, EmulatedNumber number, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(phone);
        return _meta.ReceiveAsync(new(this, number, "contacts", json => WriteContact(json, name, phone)), cancellationToken);
    }

    private Task<string> ClickAsync(string text, CustomerAd ad, EmulatedNumber number, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        ArgumentNullException.ThrowIfNull(ad);
        return _meta.ReceiveAsync(
            new(this, number, "text", json =>
            {
                WriteText(json, text);
                ad.Write(json);
            })
            { FromAd = true },
            cancellationToken);
    }

    private static void WriteFlow(Utf8JsonWriter json, string responseJson)
    {
        json.WriteStartObject("interactive");
        json.WriteString("type", "nfm_reply");
        json.WriteStartObject("nfm_reply");
        json.WriteString("name", "flow");
        json.WriteString("body", "Sent");
        json.WriteString("response_json", responseJson);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteReaction(Utf8JsonWriter json, string messageId, string emoji)
    {
        json.WriteStartObject("reaction");
        json.WriteString("message_id", messageId);
        if (emoji.Length > 0)
        {
            json.WriteString("emoji", emoji);
        }

        json.WriteEndObject();
    }

    private static void WriteContact(Utf8JsonWriter json, string name, string phone)
    {
        json.WriteStartArray("contacts");
        json.WriteStartObject();
        json.WriteStartObject("name");
        json.WriteString("formatted_name", name);
        json.WriteString("first_name", name);
        json.WriteEndObject();
        json.WriteString("origin", "other");
        json.WriteStartArray("phones");
        json.WriteStartObject();
        json.WriteString("phone", phone);
        json.WriteString("type", "CELL");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("vcard", $"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTEL;type=CELL:{phone}\nEND:VCARD");
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
