using System.Collections.Frozen;
using System.Text;
using NodaTime;

namespace WhatsSession.Options;

/// <summary>The options, checked and converted once.</summary>
internal sealed class WhatsSessionSettings
{
    public WhatsSessionSettings(WhatsSessionOptions options)
    {
        ByName = options.Numbers.ToFrozenDictionary(entry => entry.Key, entry => new NumberSettings(entry.Key, entry.Value), StringComparer.OrdinalIgnoreCase);
        ById = ByName.Values.ToFrozenDictionary(number => number.Id);
        Policy = new SendPolicy
        {
            Enabled = options.Guard.Enabled,
            Margin = Duration.FromTimeSpan(options.Guard.Margin),
            ClosingLead = Duration.FromTimeSpan(options.Guard.ClosingLead),
            NoHistory = options.Guard.NoHistory,
            StoreUnavailable = options.Guard.StoreUnavailable,
        };
        Openers = new WindowOpeners
        {
            Reactions = options.WindowOpeners.Reactions,
            UnsupportedMessages = options.WindowOpeners.UnsupportedMessages,
            Edits = options.WindowOpeners.Edits,
            UnknownKinds = options.WindowOpeners.UnknownKinds,
        };
        Graph = new GraphClientOptions
        {
            BaseAddress = options.GraphBaseAddress,
            Version = options.GraphVersion,
            MaximumDownloadSize = options.MaximumDownloadSize,
        };
        Verifier = new WebhookVerifier(
        [
            .. NotNull(options.AppSecret).Select(static secret => (AppOptions.Main, secret)),
            .. options.Apps.SelectMany(static app => app.Value.AppSecrets.Select(secret => (app.Key, secret))),
        ]);
        HasBoundNumbers = ByName.Values.Any(static number => number.App is not null);
        var verifyTokens = options.Apps.Values.Select(static app => app.VerifyToken).Prepend(options.VerifyToken);
        VerifyTokens = [.. verifyTokens.OfType<string>().Select(Encoding.UTF8.GetBytes)];
        MaximumBodySize = options.Webhooks.MaximumBodySize;
        MaxConcurrency = options.Dispatch.MaxConcurrency;
        MaxLongRunning = options.Dispatch.MaxLongRunning;
        HandlerTimeout = options.Dispatch.HandlerTimeout;
        AlertJitter = Duration.FromTimeSpan(options.Alerts.Jitter);
        AlertsOnlyAwaitingReply = options.Alerts.OnlyAwaitingReply;
        Deadline = options.Deadline;
        ThrowOnRefusal = options.ThrowOnRefusal;
        EchoesAnswer = options.EchoesAnswer;
        RequireTemplates = options.RequireTemplates;
    }

    public FrozenDictionary<string, NumberSettings> ByName { get; }

    public FrozenDictionary<PhoneNumberId, NumberSettings> ById { get; }

    public SendPolicy Policy { get; }

    public WindowOpeners Openers { get; }

    public GraphClientOptions Graph { get; }

    public WebhookVerifier Verifier { get; }

    /// <summary>Whether the webhooks of a number come from one app alone.</summary>
    public bool HasBoundNumbers { get; }

    public IReadOnlyList<byte[]> VerifyTokens { get; }

    public int MaximumBodySize { get; }

    public int MaxConcurrency { get; }

    public int MaxLongRunning { get; }

    public TimeSpan HandlerTimeout { get; }

    public Duration AlertJitter { get; }

    public bool AlertsOnlyAwaitingReply { get; }

    public TimeSpan Deadline { get; }

    public bool ThrowOnRefusal { get; }

    public bool EchoesAnswer { get; }

    public bool RequireTemplates { get; }

    private static string[] NotNull(string? value) => value is null ? [] : [value];
}
