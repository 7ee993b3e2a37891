using WhatsSession.Emulator.Numbers;
using WhatsSession.Emulator.Webhooks;

namespace WhatsSession.Emulator;

/// <summary>
/// An emulator of Meta's side of the WhatsApp Business Platform, in your process: the Graph API on a loopback port, customers that you control, signed
/// webhooks, and a clock that you can move.
/// </summary>
/// <remarks>Thread safe.</remarks>
public sealed class WhatsAppEmulator : IAsyncDisposable
{
    private readonly MetaSide _meta;
    private readonly EmulatorServer _server;
    private int _disposed;

    private WhatsAppEmulator(MetaSide meta, EmulatorServer server, EmulatorOptions options)
    {
        _meta = meta;
        _server = server;
        BaseAddress = server.BaseAddress;
        if (options.WebhookUrl is { } url)
        {
            ConnectWebhook(url);
        }
    }

    /// <summary>The address to use in place of <c>https://graph.facebook.com/</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The clock of the emulator. Use it for the client under test too.</summary>
    public EmulatorClock Clock => _meta.Clock;

    /// <summary>Switches for faults.</summary>
    public EmulatorFaults Faults => _meta.Faults;

    /// <summary>How a message outside the customer service window is refused.</summary>
    /// <value>Default: what <see cref="EmulatorOptions.RefusalMode"/> says.</value>
    public RefusalMode RefusalMode
    {
        get => _meta.Sending.RefusalMode;
        set => _meta.Sending.RefusalMode = value;
    }

    /// <summary>The latest Graph requests, in order: as many as <see cref="EmulatorOptions.JournalLength"/> says.</summary>
    public IReadOnlyList<LoggedRequest> Requests => _meta.Journal.Requests;

    /// <summary>The latest webhooks made, in order: as many as <see cref="EmulatorOptions.JournalLength"/> says.</summary>
    public IReadOnlyList<LoggedWebhook> Webhooks => _meta.Journal.Webhooks;

    /// <summary>Counts since the start. They include entries that the journal no longer keeps.</summary>
    public EmulatorTally Tally => _meta.Journal.Tally;

    /// <summary>Starts an emulator with default options.</summary>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <returns>The running emulator.</returns>
    public static Task<WhatsAppEmulator> StartAsync(CancellationToken cancellationToken = default) => StartAsync(static _ => { }, cancellationToken);

    /// <summary>Starts an emulator.</summary>
    /// <param name="configure">Sets the options.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <returns>The running emulator.</returns>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    /// <exception cref="IOException">The port is taken, or may not be listened on.</exception>
    public static async Task<WhatsAppEmulator> StartAsync(Action<EmulatorOptions> configure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new EmulatorOptions();
        configure(options);
        options.Complete(nameof(configure));
        var meta = new MetaSide(options);
        try
        {
            var server = await EmulatorServer.StartAsync(meta, options, cancellationToken).ConfigureAwait(false);
            return new(meta, server, options);
        }
        catch
        {
            await meta.Pump.DisposeAsync().ConfigureAwait(false);
            meta.Dispose();
            throw;
        }
    }

    /// <summary>The customer with a phone number. The customer is created at the first call.</summary>
    /// <param name="phone">The number with its country code, such as <c>15550001234</c>.</param>
    /// <returns>The same customer for the same number.</returns>
    /// <exception cref="ArgumentException">That is not a phone number.</exception>
    public EmulatedCustomer Customer(string phone) => _meta.Cast.Of(_meta.Customers.GetOrAdd(Digits(phone)));

    /// <summary>The customer with a phone number, by a name.</summary>
    /// <param name="phone">The number with its country code, such as <c>15550001234</c>.</param>
    /// <param name="name">The profile name from now on; the rest of the profile stays.</param>
    /// <returns>The same customer for the same number.</returns>
    /// <exception cref="ArgumentException">That is not a phone number.</exception>
    public EmulatedCustomer Customer(string phone, string name) => _meta.Cast.Of(_meta.Customers.Update(Digits(phone), known => known with { Name = name }));

    /// <summary>The customer with a phone number, with a profile.</summary>
    /// <param name="phone">The number with its country code, such as <c>15550001234</c>.</param>
    /// <param name="profile">The whole profile from now on.</param>
    /// <returns>The same customer for the same number.</returns>
    /// <exception cref="ArgumentException">That is not a phone number, or the profile's user id is not one.</exception>
    /// <exception cref="InvalidOperationException">The user id belongs to another customer.</exception>
    public EmulatedCustomer Customer(string phone, CustomerProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return _meta.Cast.Of(_meta.Customers.Update(Digits(phone), _ => profile));
    }

    /// <summary>Makes a group of the one business number there is and customers.</summary>
    /// <param name="id">Its id: letters and digits, neither a phone number nor a user id.</param>
    /// <param name="participants">The phone numbers of the customers, at most 8.</param>
    /// <returns>The group.</returns>
    /// <exception cref="ArgumentException">
    /// The id is not valid or already used, a participant is not a phone number, or there are too many participants.
    /// </exception>
    /// <exception cref="InvalidOperationException">The emulator serves several numbers.</exception>
    public EmulatedGroup AddGroup(string id, IReadOnlyList<string> participants) => AddGroup(id, participants, _meta.Numbers.Only().Id);

    /// <summary>Makes a group of a business number and customers. From then on groups are enabled for the number.</summary>
    /// <param name="id">Its id: letters and digits, neither a phone number nor a user id.</param>
    /// <param name="participants">The phone numbers of the customers, at most 8.</param>
    /// <param name="number">The phone number id of the business number.</param>
    /// <returns>The group.</returns>
    /// <exception cref="ArgumentException">
    /// The id is not valid or already used, a participant is not a phone number, there are too many participants, or the emulator does not serve the number.
    /// </exception>
    public EmulatedGroup AddGroup(string id, IReadOnlyList<string> participants, string number)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(participants);
        return _meta.Cast.Of(_meta.Groups.Add(id, _meta.Numbers.Get(number), participants));
    }

    /// <summary>Posts webhooks to a URL from now on.</summary>
    /// <param name="url">An absolute http or https URL.</param>
    /// <exception cref="ArgumentException">That is not one.</exception>
    public void ConnectWebhook(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        _meta.Routes.App = Target(url);
    }

    /// <summary>
    /// Posts the messages and statuses of one number, or of one account, to a URL of their own from now on. The URL of a number has priority over the URL of
    /// its account, and the URL of an account over the URL for all.
    /// </summary>
    /// <param name="id">A phone number id or a business account id.</param>
    /// <param name="url">An absolute http or https URL; null to remove it.</param>
    /// <exception cref="ArgumentException">The emulator does not serve that id, or that is no such URL.</exception>
    public void OverrideWebhook(string id, Uri? url)
    {
        ArgumentNullException.ThrowIfNull(id);
        _meta.Routes.Connect(id, url is null ? null : Target(url));
    }

    /// <summary>Hands webhooks to a function from now on, for consumers without an HTTP endpoint.</summary>
    /// <param name="accept">Takes a webhook and returns the HTTP status to answer with; an exception counts as 500.</param>
    public void ConnectWebhook(Func<WebhookDelivery, CancellationToken, Task<int>> accept)
    {
        ArgumentNullException.ThrowIfNull(accept);
        _meta.Routes.App = new DelegateTarget(accept);
    }

    /// <summary>Does Meta's handshake with the connected URL: a GET with <c>hub.mode</c>, <c>hub.challenge</c> and <c>hub.verify_token</c>.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether the consumer answered 200 with the challenge.</returns>
    /// <exception cref="InvalidOperationException">No URL is connected.</exception>
    public Task<bool> VerifyWebhookAsync(CancellationToken cancellationToken = default) =>
        _meta.Routes.App is HttpTarget target
            ? VerifyAsync(target, cancellationToken)
            : throw new InvalidOperationException("No webhook URL is connected: call ConnectWebhook(Uri) first.");

    /// <summary>Sets the status of a template in every account that has it. The business gets the webhook <c>message_template_status_update</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="language">Its language code.</param>
    /// <param name="status">One of Meta's: <c>APPROVED</c>, <c>REJECTED</c>, <c>PAUSED</c>, <c>DISABLED</c> …</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Completes when the business has answered the webhook.</returns>
    /// <exception cref="ArgumentException">There is no such template.</exception>
    public Task SetTemplateStatusAsync(string name, string language, string status, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(status);
        return _meta.Templates.FindAll(name, language).Count == 0
            ? throw new ArgumentException($"There is no template '{name}' in '{language}': add it with AddTemplate, or create it over the API.", nameof(name))
            : _meta.Review.SetStatusOfAllAsync(name, language, status).WaitAsync(cancellationToken);
    }

    /// <summary>Restricts every account of the emulator for a time. The business gets the webhook <c>account_update</c>.</summary>
    /// <param name="kind">
    /// One of Meta's: <c>RESTRICTED_CUSTOMER_INITIATED_MESSAGING</c> refuses answers inside windows, <c>RESTRICTED_BIZ_INITIATED_MESSAGING</c> what
    /// is sent outside them, both with 368; <c>RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES</c> refuses Direct Send with 139200; others refuse nothing.
    /// </param>
    /// <param name="lasting">For how long, on the emulator's clock.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Completes when the business has answered the webhooks.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lasting"/> is not positive.</exception>
    public Task RestrictAsync(string kind, TimeSpan lasting, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lasting, TimeSpan.Zero);
        return _meta.Restrictions.AddAsync(kind, lasting).WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Waits until every webhook that is due at the clock's present moment has been delivered and answered, or has failed and waits for a retry.
    /// </summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Completes when nothing is under way.</returns>
    /// <exception cref="InvalidOperationException">The call comes from the consumer of a webhook, which would wait for itself.</exception>
    public Task SettleAsync(CancellationToken cancellationToken = default) => _meta.Pump.SettleAsync(cancellationToken);

    /// <summary>
    /// Stops the server and the webhooks. The clock continues to run for code that still uses it. A consumer that ignores its cancellation token gets one
    /// second to end.
    /// </summary>
    /// <returns>Completes when both have stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _meta.Pump.DisposeAsync().ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
        _meta.Dispose();
    }

    private async Task<bool> VerifyAsync(HttpTarget target, CancellationToken cancellationToken)
    {
        var isVerified = await _meta.Targets.VerifyAsync(target, cancellationToken).ConfigureAwait(false);
        _meta.Changes.Tell();
        return isVerified;
    }

    private HttpTarget Target(Uri url) => HttpTarget.Accepts(url)
        ? _meta.Targets.To(url)
        : throw new ArgumentException($"'{url}' is not an absolute http or https URL: give one such as http://127.0.0.1:5000/whatsapp.", nameof(url));

    private static string Digits(string phone) =>
        PhoneDigits.Find(phone) ?? throw new ArgumentException(
            $"'{phone}' is not a phone number: give 7 to 15 digits with the country code, such as 15550001234.",
            nameof(phone));
}
