using System.Text.Json;
using System.Threading.Channels;

namespace WhatsSession.Emulator;

/// <summary>A person with WhatsApp. What they do reaches the business as webhooks; what the business sends arrives here.</summary>
/// <remarks>
/// Every action completes when the business has answered its webhook, or when the webhook is recorded if no consumer is connected; a failed webhook does not fail the action.
/// Inside a consumer given as a function an action does not wait: its webhook comes after the one in hand. Thread safe.
/// </remarks>
public sealed partial class EmulatedCustomer
{
    private readonly MetaSide _meta;
    private readonly object _gate = new();
    private readonly List<object> _chat = [];
    private Dictionary<string, Pair>? _pairs;
    private Channel<ReceivedMessage>? _untaken;
    private volatile CustomerProfile _profile;
    private volatile string _phone;
    private volatile string _userId;
    private string _givenUserId;
    private byte[]? _contact;
    private byte[]? _contactWithUsername;

    /// <param name="meta">Meta.</param>
    /// <param name="phone">The digits.</param>
    /// <param name="givenUserId">The user id that goes with the number, unless the profile has one.</param>
    /// <param name="profile">What businesses see.</param>
    internal EmulatedCustomer(MetaSide meta, string phone, string givenUserId, CustomerProfile profile)
    {
        _meta = meta;
        _profile = profile;
        _phone = phone;
        _givenUserId = givenUserId;
        _userId = profile.UserId ?? givenUserId;
    }

    /// <summary>The phone number, digits only.</summary>
    public string Phone => _phone;

    /// <summary>The profile name.</summary>
    public string Name => _profile.Name ?? "Customer " + Phone[^4..];

    /// <summary>The user name, if there is one.</summary>
    public string? Username => _profile.Username;

    /// <summary>The business-scoped user id (BSUID).</summary>
    public string UserId => _userId;

    /// <summary>Whether webhooks leave the phone number out.</summary>
    public bool HidesPhone => _profile.HidesPhone;

    /// <summary>Everything that has arrived so far, in order.</summary>
    public IReadOnlyList<ReceivedMessage> Received
    {
        get
        {
            lock (_gate)
            {
                return [.. _chat.OfType<OutboundMessage>().Select(static m => m.Arrival!)];
            }
        }
    }

    internal CustomerProfile Profile
    {
        get => _profile;
        set
        {
            _profile = value;
            _userId = value.UserId ?? _givenUserId;
            ForgetContact();
        }
    }

    /// <summary>Writes a text to the one business number there is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="InvalidOperationException">The emulator serves several numbers.</exception>
    public Task<string> SaysAsync(string text, CancellationToken cancellationToken = default) => SendTextAsync(text, _meta.OnlyNumber(), cancellationToken);

    /// <summary>Writes a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="ArgumentException">The emulator does not serve that number.</exception>
    public Task<string> SaysAsync(string text, string toNumber, CancellationToken cancellationToken = default) => SendTextAsync(text, _meta.Number(toNumber), cancellationToken);

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

    /// <summary>Sends a picture to the one business number there is.</summary>
    /// <param name="caption">The caption; null or empty for none.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    public Task<string> SendsImageAsync(string? caption, CancellationToken cancellationToken = default) => SendMediaAsync(MediaKind.Image, caption, _meta.OnlyNumber(), cancellationToken);

    /// <summary>Sends a picture.</summary>
    /// <param name="caption">The caption; null or empty for none.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    public Task<string> SendsImageAsync(string? caption, string toNumber, CancellationToken cancellationToken = default) => SendMediaAsync(MediaKind.Image, caption, _meta.Number(toNumber), cancellationToken);

    /// <summary>Sends a video to the one business number there is.</summary>
    /// <param name="caption">The caption; null or empty for none.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    public Task<string> SendsVideoAsync(string? caption, CancellationToken cancellationToken = default) => SendMediaAsync(MediaKind.Video, caption, _meta.OnlyNumber(), cancellationToken);

    /// <summary>Sends a video.</summary>
    /// <param name="caption">The caption; null or empty for none.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    public Task<string> SendsVideoAsync(string? caption, string toNumber, CancellationToken cancellationToken = default) => SendMediaAsync(MediaKind.Video, caption, _meta.Number(toNumber), cancellationToken);

    /// <summary>Sends a PDF to the one business number there is.</summary>
    /// <param name="caption">The caption; null or empty for none.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    public Task<string> SendsDocumentAsync(string? caption, CancellationToken cancellationToken = default) => SendMediaAsync(MediaKind.Document, caption, _meta.OnlyNumber(), cancellationToken);

    /// <summary>Sends a PDF.</summary>
    /// <param name="caption">The caption; null or empty for none.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    public Task<string> SendsDocumentAsync(string? caption, string toNumber, CancellationToken cancellationToken = default) => SendMediaAsync(MediaKind.Document, caption, _meta.Number(toNumber), cancellationToken);

    /// <summary>Sends a voice note to the one business number there is.</summary>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    public Task<string> SendsVoiceNoteAsync(CancellationToken cancellationToken = default) => SendMediaAsync(MediaKind.VoiceNote, null, _meta.OnlyNumber(), cancellationToken);

    /// <summary>Sends a voice note.</summary>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    public Task<string> SendsVoiceNoteAsync(string toNumber, CancellationToken cancellationToken = default) => SendMediaAsync(MediaKind.VoiceNote, null, _meta.Number(toNumber), cancellationToken);

    /// <summary>Reads everything that has arrived: a <c>read</c> status for each message not read before.</summary>
    /// <param name="cancellationToken">Stops the waiting; the statuses are on their way.</param>
    /// <returns>Completes when the business has answered the statuses.</returns>
    public Task ReadsAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfLeft();
        OutboundMessage[] arrived;
        lock (_gate)
        {
            arrived = [.. _chat.OfType<OutboundMessage>().Where(static m => !m.IsReaction && m.Stage < MessageStage.Read)];
        }

        return Task.WhenAll(Array.ConvertAll(arrived, _meta.Courier.ReadAsync)).WaitAsync(cancellationToken);
    }

    /// <summary>Waits for the next message that no other call has returned.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The message.</returns>
    public async Task<ReceivedMessage> NextAsync(CancellationToken cancellationToken = default) => await Untaken.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Names the customer without personal data.</summary>
    /// <returns>The last two digits of the phone number.</returns>
    public override string ToString() => "customer …" + Phone[^2..];

    /// <summary>Messages both ways, in order.</summary>
    internal IReadOnlyList<object> Chat
    {
        get
        {
            lock (_gate)
            {
                return [.. _chat];
            }
        }
    }

    private Channel<ReceivedMessage> Untaken
    {
        get
        {
            lock (_gate)
            {
                return _untaken ??= Channel.CreateUnbounded<ReceivedMessage>();
            }
        }
    }

    internal Pair With(EmulatedNumber number)
    {
        lock (_gate)
        {
            _pairs ??= new(1, StringComparer.Ordinal);
            if (!_pairs.TryGetValue(number.Id, out var pair))
            {
                _pairs[number.Id] = pair = new();
            }

            return pair;
        }
    }

    /// <returns>What holds with a number; null when nothing does yet.</returns>
    internal Pair? FindPair(EmulatedNumber number)
    {
        lock (_gate)
        {
            return _pairs?.GetValueOrDefault(number.Id);
        }
    }

    /// <summary>The business read a message, and with it all before it.</summary>
    internal void MarkRead(InboundMessage message)
    {
        lock (_gate)
        {
            foreach (var earlier in _chat.Take(_chat.IndexOf(message) + 1).OfType<InboundMessage>().Where(m => m.Number == message.Number && m.Group is null))
            {
                earlier.Read = true;
            }
        }
    }

    internal void Wrote(InboundMessage message)
    {
        lock (_gate)
        {
            _chat.Add(message);
        }
    }

    internal void Receive(OutboundMessage message, DateTimeOffset at)
    {
        message.Arrival = message.Arrived(at);
        lock (_gate)
        {
            _chat.Add(message);
        }

        Untaken.Writer.TryWrite(message.Arrival);
    }

    /// <summary>The user id that goes with the number.</summary>
    internal string GivenUserId => _givenUserId;

    internal void Rename(string phone, string givenUserId, CustomerProfile profile)
    {
        _phone = phone;
        _givenUserId = givenUserId;
        Profile = profile;
    }

    /// <returns>The customer as an element of <c>contacts</c>; rendered once for as long as the profile stays.</returns>
    internal byte[] Contact(bool withUsername)
    {
        ref var cached = ref withUsername ? ref _contactWithUsername : ref _contact;
        if (Volatile.Read(ref cached) is { } contact)
        {
            return contact;
        }

        var profile = _profile;
        contact = WebhookParts.Contact(this, withUsername);
        if (profile == _profile)
        {
            Volatile.Write(ref cached, contact);
        }

        return contact;
    }

    private void ForgetContact()
    {
        Volatile.Write(ref _contact, null);
        Volatile.Write(ref _contactWithUsername, null);
    }

    private ReplyChoice? FindChoice(Func<ReceivedMessage, Template?, IEnumerable<ReplyChoice>> choices, string id) =>
        Chat.OfType<OutboundMessage>().Reverse().SelectMany(m => choices(m.Arrival!, m.Template)).FirstOrDefault(c => string.Equals(c.Id, id, StringComparison.Ordinal));

    private InvalidOperationException Absent(string what, string id) =>
        new($"No message that {this} received has a {what} '{id}': let the business send one first, and await SettleAsync if delivery takes time.");

    private Task<string> AnswerAsync(ReplyChoice choice, CancellationToken cancellationToken) =>
        _meta.ReceiveAsync(new(this, _meta.Number(choice.NumberId), choice.Type, choice.Write) { AnswerTo = choice.MessageId, Group = FindReceived(choice.MessageId).Group }, cancellationToken);

    private Task<string> SendTextAsync(string text, EmulatedNumber number, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return _meta.ReceiveAsync(new(this, number, "text", json => WriteText(json, text)), cancellationToken);
    }

    private Task<string> SendMediaAsync(MediaKind kind, string? caption, EmulatedNumber number, CancellationToken cancellationToken) =>
        SendMediaAsync(kind.Sample(caption), number, cancellationToken);

    private static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject("text");
        json.WriteString("body", text);
        json.WriteEndObject();
    }
}
