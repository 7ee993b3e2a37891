namespace WhatsSession.Emulator;

/// <summary>Meta's side of the WhatsApp Business Platform, in process: the Graph API on a loopback port, customers to play, signed webhooks, and a clock to move.</summary>
/// <remarks>Thread safe.</remarks>
public sealed class WhatsAppEmulator : IAsyncDisposable
{
    private readonly MetaSide _meta;
    private readonly GraphServer _server;
    private readonly string _verifyToken;
    private HttpTarget? _http;

    private WhatsAppEmulator(MetaSide meta, GraphServer server, EmulatorOptions options)
    {
        _meta = meta;
        _server = server;
        _verifyToken = options.VerifyToken;
        BaseAddress = server.BaseAddress;
        if (options.WebhookUrl is { } url)
        {
            ConnectWebhook(url);
        }
    }

    /// <summary>The address to use in place of <c>https://graph.facebook.com/</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The clock by which everything here happens. Give it to the client under test too.</summary>
    public EmulatorClock Clock => _meta.Clock;

    /// <summary>Every Graph request so far, in order.</summary>
    public IReadOnlyList<LoggedRequest> Requests => _meta.Journal.Requests;

    /// <summary>Every webhook made so far, in order.</summary>
    public IReadOnlyList<LoggedWebhook> Webhooks => _meta.Journal.Webhooks;

    /// <summary>Counts since the start.</summary>
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
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<WhatsAppEmulator> StartAsync(Action<EmulatorOptions> configure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new EmulatorOptions();
        configure(options);
        options.Complete(nameof(configure));
        var meta = new MetaSide(options);
        try
        {
            var server = await GraphServer.StartAsync(meta, options.Port, cancellationToken).ConfigureAwait(false);
            return new(meta, server, options);
        }
        catch
        {
            await meta.Pump.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The customer with a phone number; made on first use.</summary>
    /// <param name="phone">The number with its country code, such as <c>15550001234</c>.</param>
    /// <returns>The same customer for the same number.</returns>
    /// <exception cref="ArgumentException">That is not a phone number.</exception>
    public EmulatedCustomer Customer(string phone) => _meta.Customers.GetOrAdd(Digits(phone));

    /// <summary>The customer with a phone number, by a name.</summary>
    /// <param name="phone">The number with its country code, such as <c>15550001234</c>.</param>
    /// <param name="name">The profile name from now on; the rest of the profile stays.</param>
    /// <returns>The same customer for the same number.</returns>
    /// <exception cref="ArgumentException">That is not a phone number.</exception>
    public EmulatedCustomer Customer(string phone, string name) => _meta.Customers.Update(Digits(phone), known => known with { Name = name });

    /// <summary>The customer with a phone number, with a profile.</summary>
    /// <param name="phone">The number with its country code, such as <c>15550001234</c>.</param>
    /// <param name="profile">The whole profile from now on.</param>
    /// <returns>The same customer for the same number.</returns>
    /// <exception cref="ArgumentException">That is not a phone number, or the profile's user id is not one.</exception>
    /// <exception cref="InvalidOperationException">The user id belongs to another customer.</exception>
    public EmulatedCustomer Customer(string phone, CustomerProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return _meta.Customers.Update(Digits(phone), _ => profile);
    }

    /// <summary>Posts webhooks to a URL from now on.</summary>
    /// <param name="url">An absolute http or https URL.</param>
    /// <exception cref="ArgumentException">That is not one.</exception>
    public void ConnectWebhook(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!HttpTarget.Accepts(url))
        {
            throw new ArgumentException($"'{url}' is not an absolute http or https URL: give one such as http://127.0.0.1:5000/whatsapp.", nameof(url));
        }

        _http = new HttpTarget(url);
        _meta.Pump.Connect(_http);
    }

    /// <summary>Hands webhooks to a function from now on, for consumers without an HTTP endpoint.</summary>
    /// <param name="accept">Takes a webhook and returns the HTTP status to answer with; an exception counts as 500.</param>
    public void ConnectWebhook(Func<WebhookDelivery, CancellationToken, Task<int>> accept)
    {
        ArgumentNullException.ThrowIfNull(accept);
        _http = null;
        _meta.Pump.Connect(new DelegateTarget(accept));
    }

    /// <summary>Does Meta's handshake with the connected URL: a GET with <c>hub.mode</c>, <c>hub.challenge</c> and <c>hub.verify_token</c>.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Whether the consumer answered 200 with the challenge.</returns>
    /// <exception cref="InvalidOperationException">No URL is connected.</exception>
    public Task<bool> VerifyWebhookAsync(CancellationToken cancellationToken = default) =>
        _http?.VerifyAsync(_verifyToken, cancellationToken) ?? throw new InvalidOperationException("No webhook URL is connected: call ConnectWebhook(Uri) first.");

    /// <summary>Waits until every webhook that is due at the clock's present moment has been delivered and answered, or has failed and waits for a later try.</summary>
    /// <remarks>Do not await this inside the consumer of a webhook.</remarks>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>Completes when nothing is under way.</returns>
    public Task SettleAsync(CancellationToken cancellationToken = default) => _meta.Pump.SettleAsync(cancellationToken);

    /// <summary>Stops the server and the webhooks. The clock goes on for those who hold it.</summary>
    /// <returns>Completes when both have stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        await _meta.Pump.DisposeAsync().ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
        _http?.Dispose();
    }

    private static string Digits(string phone) =>
        PhoneDigits.Find(phone) ?? throw new ArgumentException($"'{phone}' is not a phone number: give 7 to 15 digits with the country code, such as 15550001234.", nameof(phone));
}
