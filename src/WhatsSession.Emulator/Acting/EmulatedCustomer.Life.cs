using System.Security.Cryptography;
using System.Text.Json;

namespace WhatsSession.Emulator;

/// <content>What a customer does besides writing.</content>
public sealed partial class EmulatedCustomer
{
    private readonly List<OutboundMessage> _waiting = [];
    private volatile bool _unreachable;
    private bool _offline;
    private volatile bool _left;

    /// <summary>Whether messages can reach the customer at all; if not they are accepted and fail with 131026.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool IsReachable
    {
        get => !_unreachable;
        set => _unreachable = !value;
    }

    /// <summary>Whether the phone is on. While it is off messages stay at <c>sent</c>; when it is on again those arrive that are not too old by then: 10 minutes for one-time codes, 30 days for others, or what the request says.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool IsOnline
    {
        get
        {
            lock (_gate)
            {
                return !_offline;
            }
        }

        set
        {
            OutboundMessage[] waiting;
            lock (_gate)
            {
                _offline = !value;
                if (_offline)
                {
                    return;
                }

                waiting = [.. _waiting];
                _waiting.Clear();
            }

            Array.ForEach(waiting, _meta.Courier.Deliver);
        }
    }

    /// <summary>Gives the phone number up without a word to anyone: messages to the user id fail with 131026 from now on, and whoever has the number next is somebody else, with a user id of their own and no open window. Who has left does nothing any more: each action throws <see cref="InvalidOperationException"/>.</summary>
    public void Leaves()
    {
        ThrowIfLeft();
        _left = true;
        IsReachable = false;
        _meta.Customers.Remove(this);
    }

    /// <exception cref="InvalidOperationException">The customer gave the number up: whoever has it now is somebody else.</exception>
    internal void ThrowIfLeft()
    {
        if (_left)
        {
            throw new InvalidOperationException($"{this} has left WhatsApp and does nothing any more: whoever has the number now is another customer.");
        }
    }

    /// <returns>Whether the phone is off: then the message waits for it.</returns>
    internal bool Waits(OutboundMessage message)
    {
        lock (_gate)
        {
            if (_offline)
            {
                _waiting.Add(message);
            }

            return _offline;
        }
    }

    /// <summary>Calls the one business number there is. The window opens, whether or not the business answers.</summary>
    /// <param name="answered">Whether the call is answered; it then takes half a minute.</param>
    /// <param name="cancellationToken">Stops the waiting; the webhooks are on their way.</param>
    /// <returns>The call's id.</returns>
    /// <exception cref="InvalidOperationException">The emulator serves several numbers, or the customer blocked this one.</exception>
    public Task<string> CallsAsync(bool answered, CancellationToken cancellationToken = default) => CallAsync(answered, _meta.OnlyNumber(), cancellationToken);

    /// <summary>Calls a business number. The window opens, whether or not the business answers.</summary>
    /// <param name="answered">Whether the call is answered; it then takes half a minute.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting; the webhooks are on their way.</param>
    /// <returns>The call's id.</returns>
    public Task<string> CallsAsync(bool answered, string toNumber, CancellationToken cancellationToken = default) => CallAsync(answered, _meta.Number(toNumber), cancellationToken);

    /// <summary>Stops marketing messages of the one business number there is: they are refused with 131050 from now on.</summary>
    /// <param name="cancellationToken">Stops the waiting; the webhook is on its way.</param>
    /// <returns>Completes when the business has answered the webhook.</returns>
    public Task StopsMarketingAsync(CancellationToken cancellationToken = default) => PreferAsync(stops: true, _meta.OnlyNumber(), cancellationToken);

    /// <summary>Stops marketing messages of a business number: they are refused with 131050 from now on.</summary>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting; the webhook is on its way.</param>
    /// <returns>Completes when the business has answered the webhook.</returns>
    public Task StopsMarketingAsync(string toNumber, CancellationToken cancellationToken = default) => PreferAsync(stops: true, _meta.Number(toNumber), cancellationToken);

    /// <summary>Takes marketing messages of the one business number there is again.</summary>
    /// <param name="cancellationToken">Stops the waiting; the webhook is on its way.</param>
    /// <returns>Completes when the business has answered the webhook.</returns>
    public Task ResumesMarketingAsync(CancellationToken cancellationToken = default) => PreferAsync(stops: false, _meta.OnlyNumber(), cancellationToken);

    /// <summary>Takes marketing messages of a business number again.</summary>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting; the webhook is on its way.</param>
    /// <returns>Completes when the business has answered the webhook.</returns>
    public Task ResumesMarketingAsync(string toNumber, CancellationToken cancellationToken = default) => PreferAsync(stops: false, _meta.Number(toNumber), cancellationToken);

    /// <summary>Blocks the one business number there is: its messages stay at <c>sent</c>, and nothing can be written to it. Nobody is told.</summary>
    public void Blocks() => With(_meta.OnlyNumber()).Blocked = true;

    /// <summary>Blocks a business number: its messages stay at <c>sent</c>, and nothing can be written to it. Nobody is told.</summary>
    /// <param name="number">The phone number id of the business number.</param>
    public void Blocks(string number) => With(_meta.Number(number)).Blocked = true;

    /// <summary>Unblocks the one business number there is.</summary>
    public void Unblocks() => With(_meta.OnlyNumber()).Blocked = false;

    /// <summary>Unblocks a business number.</summary>
    /// <param name="number">The phone number id of the business number.</param>
    public void Unblocks(string number) => With(_meta.Number(number)).Blocked = false;

    /// <summary>Adopts a user name and hides the phone number: webhooks leave it out from now on.</summary>
    /// <param name="username">The user name.</param>
    public void HidesPhoneBehind(string username)
    {
        ArgumentException.ThrowIfNullOrEmpty(username);
        ThrowIfLeft();
        _meta.Customers.Update(Phone, known => known with { Username = username, HidesPhone = true });
    }

    /// <summary>Changes the phone number, and with it the user id: every business number the customer had to do with gets a <c>system</c> message and a <c>user_id_update</c>. Windows go along.</summary>
    /// <param name="phone">The new number with its country code.</param>
    /// <param name="cancellationToken">Stops the waiting; the webhooks are on their way.</param>
    /// <returns>Completes when the business has answered the webhooks.</returns>
    /// <exception cref="ArgumentException">That is not a phone number.</exception>
    /// <exception cref="InvalidOperationException">The number belongs to another customer.</exception>
    public Task ChangesNumberAsync(string phone, CancellationToken cancellationToken = default)
    {
        var digits = PhoneDigits.Find(phone) ?? throw new ArgumentException($"'{phone}' is not a phone number: give 7 to 15 digits with the country code.", nameof(phone));
        ThrowIfLeft();
        var change = _meta.Customers.Move(this, digits);
        var told = new List<Task>();
        foreach (var number in _meta.Numbers.Where(Knows))
        {
            var id = MessageIds.NewInbound(change.Hidden ? change.OldUserId : change.OldPhone);
            told.Add(_meta.Pump.EnqueueAsync(new()
            {
                Kind = "message:system",
                AccountId = number.BusinessAccountId,
                Number = number,
                MessageId = id,
                Array = WebhookItem.Messages,
                Element = WebhookParts.NumberChange(change, id, _meta.Now),
            }));
            told.Add(_meta.TellAsync(this, number, "user_id_update", id, "user_id_update", "user_id_update", WebhookParts.UserIdUpdate(change, _meta.Now)));
        }

        return Task.WhenAll(told).WaitAsync(cancellationToken);
    }

    private bool Knows(EmulatedNumber number) => FindPair(number) is { IsMet: true };

    private async Task<string> CallAsync(bool answered, EmulatedNumber number, CancellationToken cancellationToken)
    {
        ThrowIfLeft();
        var pair = With(number);
        if (pair.Blocked)
        {
            throw new InvalidOperationException($"{this} blocked number {number.Id} and cannot call it: let them unblock it first.");
        }

        var call = new CallEvent("wacid." + Convert.ToBase64String(RandomNumberGenerator.GetBytes(18)), MetaSide.WholeSecond(_meta.Now), Ends: false, answered, TimeSpan.FromSeconds(30));
        pair.Meet();
        pair.Open(call.At);
        await TellAsync("connect", call).ConfigureAwait(false);
        await TellAsync("terminate", call with { Ends = true, At = call.At + call.Duration }).ConfigureAwait(false);
        return call.Id;

        Task TellAsync(string kind, CallEvent part) =>
            _meta.TellAsync(this, number, "calls:" + kind, call.Id, "calls", "calls", WebhookParts.Call(this, number, part)).WaitAsync(cancellationToken);
    }

    private Task PreferAsync(bool stops, EmulatedNumber number, CancellationToken cancellationToken)
    {
        ThrowIfLeft();
        var pair = With(number);
        pair.Meet();
        pair.StoppedMarketing = stops;
        return _meta.TellAsync(this, number, stops ? "user_preferences:stop" : "user_preferences:resume", UserId, "user_preferences", "user_preferences", WebhookParts.Preference(this, stops, _meta.Now))
            .WaitAsync(cancellationToken);
    }

    private Task<string> SendMediaAsync(CustomerMedia media, EmulatedNumber number, CancellationToken cancellationToken) => SendMediaAsync(media, number, group: null, cancellationToken);

    private Task<string> SendMediaAsync(CustomerMedia media, EmulatedNumber number, EmulatedGroup? group, CancellationToken cancellationToken)
    {
        var file = _meta.Media.AddInbound(number, media.MimeType, media.Bytes);
        var url = _meta.Media.UrlOf(file);
        return _meta.ReceiveAsync(new(this, number, media.Type, json => WriteMedia(json, media, file, url)) { Group = group }, cancellationToken);
    }

    private static void WriteMedia(Utf8JsonWriter json, CustomerMedia media, StoredMedia file, Uri url)
    {
        json.WriteStartObject(media.Type);
        json.WriteString("id", file.Id);
        json.WriteString("mime_type", media.MimeType);
        json.WriteString("sha256", Convert.ToBase64String(file.Sha256));
        json.WriteString("url", url.AbsoluteUri);
        if (media.FileName is not null)
        {
            json.WriteString("filename", media.FileName);
        }

        if (media.Type is "audio")
        {
            json.WriteBoolean("voice", media.IsVoice);
        }

        if (media.Type is "sticker")
        {
            json.WriteBoolean("animated", value: false);
        }

        if (!string.IsNullOrEmpty(media.Caption))
        {
            json.WriteString("caption", media.Caption);
        }

        json.WriteEndObject();
    }
}
