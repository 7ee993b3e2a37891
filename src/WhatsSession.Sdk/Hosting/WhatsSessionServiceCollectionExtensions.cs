using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSession;
using WhatsSession.Accepting;
using WhatsSession.Clients;
using WhatsSession.Diagnostics;
using WhatsSession.Handling;
using WhatsSession.Hosting;
using WhatsSession.Options;
using WhatsSession.Sending;
using WhatsSession.Sequences;
using WhatsSession.Shared;
using WhatsSession.Storage;
using WhatsSession.TemplateCatalog;
using WhatsSession.Time;
using WhatsSession.Uploads;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds WhatsSession to an application.</summary>
public static class WhatsSessionServiceCollectionExtensions
{
    /// <summary>
    /// Adds the client, the runtime (as a hosted service) and an in-memory store. You may call it more than once; the options of all calls apply.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options, which are checked at start-up.</param>
    /// <returns>A builder that sets the store and registers the handlers.</returns>
    public static WhatsSessionBuilder AddWhatsSession(this IServiceCollection services, Action<WhatsSessionOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<WhatsSessionOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WhatsSessionOptions>, OptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WhatsSessionOptions>, HandledNumbersValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WhatsSessionOptions>, SequencesValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WhatsSessionOptions>, ReplyCalendarsValidator>());
        services.TryAddSingleton<DefaultClock>();
        services.TryAddSingleton(static provider => provider.GetRequiredService<DefaultClock>().Value);
        services.AddLogging();
        MetaHttpClient.Register(services)
            .UseSocketsHttpHandler(static (handler, provider) =>
            {
                GraphConnections.Configure(handler, provider.GetRequiredService<WhatsSessionSettings>().Graph);
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan) // One client is held for ever; the connections' own lifetime follows DNS.
            .RemoveAllLoggers(); // The default ones log addresses, which hold ids, and allocate for each request.
        services.TryAddSingleton(static provider => new WhatsSessionSettings(provider.GetRequiredService<IOptions<WhatsSessionOptions>>().Value));
        services.TryAddSingleton<WhatsSessionMetrics>();
        services.TryAddSingleton<RecurringWarnings>();
        services.TryAddSingleton(static provider => new HeardTime(
            provider.GetRequiredService<TimeProvider>(),
            cancellationToken => provider.GetRequiredService<IInboxStore>().ReadTimeAsync(cancellationToken)));
        services.TryAddSingleton(static provider => new MetaClock(
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<WhatsSessionMetrics>().CountIgnoredClock,
            provider.GetRequiredService<HeardTime>(),
            ahead => provider.GetRequiredService<ILogger<WhatsSessionClient>>().ClockIsOff((long)ahead.TotalSeconds)));
        services.TryAddSingleton(static provider => MakeGraphClient(provider));
        services.TryAddSingleton<IWhatsSessionStore, InMemoryStore>();
        services.TryAddSingleton<IInboxStore>(static provider => provider.GetRequiredService<IWhatsSessionStore>());
        services.TryAddSingleton<IConversationStore>(static provider => provider.GetRequiredService<IWhatsSessionStore>());
        services.TryAddSingleton<ISendStore>(static provider => provider.GetRequiredService<IWhatsSessionStore>());
        services.TryAddSingleton<IHeldMessageStore>(static provider => provider.GetRequiredService<IWhatsSessionStore>());
        services.TryAddSingleton<ISequenceStore>(static provider => provider.GetRequiredService<IWhatsSessionStore>());
        services.TryAddSingleton<DeliveryWaits>();
        services.TryAddSingleton<ReplyWaits>();
        services.TryAddSingleton<KnownTemplates>();
        services.TryAddSingleton<TemplateReadiness>();
        services.TryAddSingleton<MediaUploads>();
        services.TryAddSingleton<ConversationReads>();
        services.TryAddSingleton<SendGuard>();
        services.TryAddSingleton<UnwrittenSends>();
        services.TryAddSingleton<RefusalLog>();
        services.TryAddSingleton<SendAttempts>();
        services.TryAddSingleton<FallbackSender>();
        services.TryAddSingleton<HeldMessages>();
        services.TryAddSingleton<KnownRefusals>();
        services.TryAddSingleton<IdempotentSends>();
        services.TryAddSingleton<EarlierReplies>();
        services.TryAddSingleton<SendPipeline>();
        services.TryAddSingleton<HeldReleases>();
        services.TryAddSingleton<LateRefusals>();
        services.TryAddSingleton<SequenceSet>();
        services.TryAddSingleton<SequenceWrites>();
        services.TryAddSingleton<SequenceStarts>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEngineWorker, SequenceSteps>());
        services.TryAddSingleton(static provider => new SequenceRuns(
            provider.GetRequiredService<ISequenceStore>(),
            provider.GetRequiredService<SequenceWrites>(),
            provider.GetRequiredService<HeardTime>()));
        services.TryAddSingleton<DueWork>();
        services.TryAddSingleton<ClientParts>();
        services.TryAddSingleton(static provider => new WhatsSessionClient(
            provider.GetRequiredService<WhatsSessionSettings>(),
            provider.GetRequiredService<ClientParts>()));
        services.TryAddSingleton<IWhatsSession>(static provider => provider.GetRequiredService<WhatsSessionClient>());
        services.TryAddSingleton<WakeUp>();
        services.TryAddSingleton<HandlerSet>();
        services.TryAddSingleton<WebhookGate>();
        services.TryAddSingleton<EventStamp>();
        services.TryAddSingleton<UnseenEvents>();
        services.TryAddSingleton<Arrivals>();
        services.TryAddSingleton<WebhookAcceptor>();
        services.TryAddSingleton<HandlerThreads>();
        services.TryAddSingleton<RunsLeftBehind>();
        services.TryAddSingleton<HandlerRunner>();
        services.TryAddSingleton<ObservedRuns>();
        services.TryAddSingleton<EngineRunner>();
        services.TryAddSingleton<AlertDelivery>();
        services.TryAddSingleton<EventHandling>();
        services.TryAddSingleton<EventDispatcher>();
        services.TryAddSingleton<HostLoop>();
        services.TryAddSingleton<StartLine>();
        services.TryAddSingleton<SetAside>();
        services.TryAddSingleton<HealthInspection>();
        services.TryAddSingleton(static provider => new WhatsSessionRuntime(
            provider.GetRequiredService<WhatsSessionClient>(),
            provider.GetRequiredService<WebhookAcceptor>(),
            provider.GetRequiredService<HostLoop>(),
            provider.GetRequiredService<HealthInspection>(),
            provider.GetRequiredService<SetAside>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RuntimeService>());
        return new WhatsSessionBuilder(services);
    }

    /// <summary>Adds WhatsSession with the options of a configuration section.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">
    /// The section itself, such as <c>configuration.GetSection("WhatsSession")</c>. Unknown keys and unreadable values fail the start.
    /// </param>
    /// <returns>A builder that sets the store and registers the handlers.</returns>
    public static WhatsSessionBuilder AddWhatsSession(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return AddWhatsSession(services, options => OptionsSection.Bind(section, options));
    }

    /// <summary>Adds WhatsSession with the options of a configuration section and further options from code. The options from code are applied last.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">
    /// The section itself, such as <c>configuration.GetSection("WhatsSession")</c>. Unknown keys and unreadable values fail the start.
    /// </param>
    /// <param name="configure">Sets further options.</param>
    /// <returns>A builder that sets the store and registers the handlers.</returns>
    public static WhatsSessionBuilder AddWhatsSession(this IServiceCollection services, IConfiguration section, Action<WhatsSessionOptions> configure)
    {
        AddWhatsSession(services, section);
        return AddWhatsSession(services, configure);
    }

    private static GraphClient MakeGraphClient(IServiceProvider provider)
    {
        var factory = provider.GetRequiredService<IHttpClientFactory>();
        var deadline = provider.GetRequiredService<IOptions<WhatsSessionOptions>>().Value.Deadline;
        var http = factory.CreateClient(MetaHttpClient.Name);
        http.Timeout = deadline;
        http.MaxResponseContentBufferSize = 16 << 20; // A page of a list can be long.
        var uploads = factory.CreateClient(MetaHttpClient.Name);
        uploads.Timeout = Timeout.InfiniteTimeSpan; // A large file may take longer; the deadline is for each piece of it.
        uploads.MaxResponseContentBufferSize = 1 << 20;
        var options = provider.GetRequiredService<WhatsSessionSettings>().Graph with
        {
            Patience = deadline,
            RepeatFor = deadline,
            Clock = provider.GetRequiredService<TimeProvider>(),
            Answered = provider.GetRequiredService<MetaClock>().Note,
        };
        return new GraphClient(http, uploads, options);
    }
}
