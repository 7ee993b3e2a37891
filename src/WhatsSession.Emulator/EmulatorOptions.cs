using WhatsSession.Emulator.Numbers;
using WhatsSession.Emulator.Sending;
using WhatsSession.Emulator.Webhooks;

namespace WhatsSession.Emulator;

/// <summary>The settings of an emulator.</summary>
public sealed class EmulatorOptions
{
    private readonly List<EmulatedNumber> _numbers = [];
    private readonly List<EmulatedTemplate> _templates = [new() { Name = "hello_world", Language = "en_US" }];

    internal EmulatorOptions()
    {
    }

    /// <summary>The IP address to listen on. There is no password: everybody who can reach the address can read and change everything.</summary>
    /// <value>Default <c>127.0.0.1</c>: only this machine.</value>
    public string ListenAddress { get; set; } = "127.0.0.1";

    /// <summary>The TCP port.</summary>
    /// <value>Default 0: a free one.</value>
    public int Port { get; set; }

    /// <summary>The app secret that webhooks are signed with.</summary>
    /// <value>Default <c>dev-secret</c>.</value>
    public string AppSecret { get; set; } = "dev-secret";

    /// <summary>The token sent as <c>hub.verify_token</c> by <see cref="WhatsAppEmulator.VerifyWebhookAsync"/>.</summary>
    /// <value>Default <c>dev-verify</c>.</value>
    public string VerifyToken { get; set; } = "dev-verify";

    /// <summary>The instant at which the emulator's clock starts.</summary>
    /// <value>
    /// Default <see langword="null"/>: the system's present time. Not before 8 October 2025, because Meta's rules that the emulator follows are valid since
    /// then, and not after the year 9899.
    /// </value>
    public DateTimeOffset? StartsAt { get; set; }

    /// <summary>Whether the clock stands still from the start, so that its first instant is <see cref="StartsAt"/> to the tick.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool ClockFrozen { get; set; }

    /// <summary>Where webhooks are posted.</summary>
    /// <value>Default <see langword="null"/>: nowhere until <see cref="WhatsAppEmulator.ConnectWebhook(Uri)"/>.</value>
    public Uri? WebhookUrl { get; set; }

    /// <summary>How a message outside the customer service window is refused.</summary>
    /// <value>Default <see cref="RefusalMode.Synchronous"/>.</value>
    public RefusalMode RefusalMode { get; set; }

    /// <summary>The time on the emulator's clock between accepting a message and its <c>sent</c> status.</summary>
    /// <value>Default zero.</value>
    public TimeSpan SentAfter { get; set; }

    /// <summary>The time on the emulator's clock between accepting a message and its arrival at the customer; never before <c>sent</c>.</summary>
    /// <value>Default zero.</value>
    public TimeSpan DeliveredAfter { get; set; }

    /// <summary>Whether every message is read as soon as it arrives.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool CustomersReadAtOnce { get; set; }

    /// <summary>
    /// Whether sends are limited by pair (131056) and by number (130429). Turn it off to measure, or to send many at one instant of a frozen clock.
    /// </summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool RateLimits { get; set; } = true;

    /// <summary>How many customers may be written to outside their windows within 24 hours, by all numbers together; more are refused with 131048.</summary>
    /// <value>Default <see langword="null"/>: any number. Meta's tiers are 250, 2,000, 10,000 and 100,000.</value>
    public int? MessagingLimit { get; set; }

    /// <summary>
    /// How many Graph requests, and how many webhooks, are kept. When there are more, the oldest are removed. <see cref="WhatsAppEmulator.Tally"/> still
    /// counts them.
    /// </summary>
    /// <value>Default 100,000 of each.</value>
    public int JournalLength { get; set; } = 100_000;

    /// <summary>Whether the accounts may use Direct Send. If not, it is refused with 100.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool DirectSend { get; set; } = true;

    /// <summary>How long a free entry point window stays open after the business's first answer. Meta does not say which advertisements get more.</summary>
    /// <value>Default 72 hours; at most 7 days.</value>
    public TimeSpan FreeEntryPoint { get; set; } = SendingSettings.ShortestFreeEntry;

    /// <summary>How many service messages of each number are free in a month since 1 October 2026. All further ones are charged.</summary>
    /// <value>Default 1,000, as at Meta.</value>
    public int FreeServiceMessages { get; set; } = 1000;

    /// <summary>
    /// Whether all service messages of the accounts are free, as for governments. Statuses then say <c>paid_exempt</c> for messages that would be charged.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool PaymentExempt { get; set; }

    /// <summary>
    /// Whether calls also bring the events of 2026: <c>call_created</c>, and, of an answered one, <c>call_recording_available</c> and
    /// <c>call_transcription_available</c>.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool NewerCallEvents { get; set; }

    /// <summary>Whether a customer's reaction opens the window. Meta does not say.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool ReactionsOpenWindow { get; set; }

    /// <summary>The time on the emulator's clock until a created or changed template is approved.</summary>
    /// <value>Default zero: at once. With <see langword="null"/> a template is approved only by <see cref="WhatsAppEmulator.SetTemplateStatusAsync"/>.</value>
    public TimeSpan? TemplatesApprovedAfter { get; set; } = TimeSpan.Zero;

    /// <summary>The numbers added so far; when there are none at the start, the emulator serves 314159265358979 with token <c>dev</c>.</summary>
    public IReadOnlyList<EmulatedNumber> Numbers => _numbers;

    /// <summary>The templates known so far; <c>hello_world</c> in <c>en_US</c> is always among them.</summary>
    public IReadOnlyList<EmulatedTemplate> Templates => _templates;

    /// <summary>Adds a business number with default values. Each further number has the next phone number.</summary>
    /// <param name="id">The phone number id: digits.</param>
    public void AddNumber(string id) => AddNumber(NumberRules.Standard(id, _numbers.Count));

    /// <summary>Adds a business number in the default WhatsApp Business Account.</summary>
    /// <param name="id">The phone number id: digits.</param>
    /// <param name="accessToken">The token that its requests must have.</param>
    /// <param name="displayPhoneNumber">The phone number, digits only.</param>
    /// <param name="verifiedName">The name customers see.</param>
    public void AddNumber(string id, string accessToken, string displayPhoneNumber, string verifiedName) => AddNumber(new EmulatedNumber
    {
        Id = id,
        AccessToken = accessToken,
        DisplayPhoneNumber = displayPhoneNumber,
        VerifiedName = verifiedName,
    });

    /// <summary>Adds a business number.</summary>
    /// <param name="number">The number.</param>
    /// <exception cref="ArgumentException">
    /// The id or the account id has other characters than digits, the phone number is not valid, the token is empty, or the id was already added.
    /// </exception>
    public void AddNumber(EmulatedNumber number)
    {
        ArgumentNullException.ThrowIfNull(number);
        _numbers.Add(NumberRules.Checked(number, _numbers));
    }

    /// <summary>Adds an approved utility template.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="language">Its language code.</param>
    /// <param name="bodyParameters">How many parameters its body takes.</param>
    public void AddTemplate(string name, string language, int bodyParameters) =>
        AddTemplate(new EmulatedTemplate { Name = name, Language = language, BodyParameters = bodyParameters });

    /// <summary>Adds an approved template.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="language">Its language code.</param>
    /// <param name="bodyParameters">How many parameters its body takes.</param>
    /// <param name="category"><c>UTILITY</c>, <c>MARKETING</c> or <c>AUTHENTICATION</c>.</param>
    public void AddTemplate(string name, string language, int bodyParameters, string category) =>
        AddTemplate(new EmulatedTemplate { Name = name, Language = language, BodyParameters = bodyParameters, Category = category });

    /// <summary>Adds an approved template. It replaces a template with the same name and language.</summary>
    /// <param name="template">The template.</param>
    /// <exception cref="ArgumentException">Something in it is wrong; the message says what.</exception>
    public void AddTemplate(EmulatedTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        if (template.Problem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(template));
        }

        _templates.RemoveAll(t => t.Is(template.Name, template.Language));
        _templates.Add(template);
    }

    internal void Complete(string parameter)
    {
        if (_numbers.Count == 0)
        {
            AddNumber("314159265358979");
        }

        if (string.IsNullOrEmpty(AppSecret))
        {
            throw new ArgumentException("AppSecret is empty: webhooks cannot be signed without one.", parameter);
        }

        if (WebhookUrl is { } url && !HttpTarget.Accepts(url))
        {
            throw new ArgumentException(
                $"WebhookUrl '{url}' is not an absolute http or https URL: give one such as http://127.0.0.1:5000/whatsapp.",
                parameter);
        }

        if (!System.Net.IPAddress.TryParse(ListenAddress, out _))
        {
            throw new ArgumentException(
                $"ListenAddress '{ListenAddress}' is not an IP address: give 127.0.0.1 for this machine alone, or 0.0.0.0 for all its networks.",
                parameter);
        }

        if (Port is < 0 or > 65_535)
        {
            throw new ArgumentException($"Port {Port} is not from 0 to 65535.", parameter);
        }

        if (StartsAt < Pricing.Since || StartsAt > EmulatorClock.End)
        {
            throw new ArgumentException(
                $"StartsAt ({StartsAt:O}) must be from {Pricing.Since:O}, since when the rules of the emulator hold, to {EmulatorClock.End:O}.",
                parameter);
        }

        if (MessagingLimit < 1)
        {
            throw new ArgumentException($"MessagingLimit ({MessagingLimit}) must be 1 or more, or null for none.", parameter);
        }

        if (JournalLength < 1)
        {
            throw new ArgumentException($"JournalLength ({JournalLength}) must be 1 or more.", parameter);
        }

        if (TemplatesApprovedAfter < TimeSpan.Zero)
        {
            throw new ArgumentException($"TemplatesApprovedAfter ({TemplatesApprovedAfter}) must not be negative.", parameter);
        }

        if (FreeEntryPoint < SendingSettings.ShortestFreeEntry || FreeEntryPoint > SendingSettings.LongestFreeEntry)
        {
            throw new ArgumentException($"FreeEntryPoint ({FreeEntryPoint}) must be from 72 hours to 7 days.", parameter);
        }

        if (FreeServiceMessages < 0)
        {
            throw new ArgumentException($"FreeServiceMessages ({FreeServiceMessages}) must not be negative.", parameter);
        }

        if (SentAfter < TimeSpan.Zero || DeliveredAfter < TimeSpan.Zero)
        {
            throw new ArgumentException($"SentAfter ({SentAfter}) and DeliveredAfter ({DeliveredAfter}) must not be negative.", parameter);
        }
    }
}
