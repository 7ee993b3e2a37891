using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace WhatsSession.Sdk.Tests.Hosting;

/// <summary>What an application sets for all its clients does not reach Meta; what it sets for the client named WhatsSession does.</summary>
[WithoutEmulator("What the handlers add to requests.")]
public sealed class MetaHttpClientTests
{
    private const string OfAll = "X-Internal-Token";
    private const string OfOurs = "X-Added-By-Name";
    private const string LateOfOurs = "X-Added-Late-By-Name";

    /// <summary>Every order of the calls.</summary>
    public static TheoryData<string> Orders =>
    [
        "DAN", "DNA", "ADN", "AND", "NAD", "NDA", "ADAN", "NADA", "OADN", "DOAN", "ANOD", "NAOD", "CAN", "ANC", "NAC", "FAN", "ANF", "NAF", "AFNFA", "DCFANDCF",
        "PAN", "ANP", "ALN", "NAL",
    ];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task AddWhatsSession_DefaultsAndNamedHandlersInAnyOrder_OnlyTheNamedOnesReachMeta(string order)
    {
        using var meta = new StubHttp();
        var services = new ServiceCollection();
        foreach (var step in order)
        {
            Add(step, services, meta);
        }

        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IWhatsSession>().Number("support").Conversation(Given.Phone).SendAsync(Given.Template);
        await provider.GetRequiredService<IWhatsSession>().Number("support").UploadMediaAsync(new MemoryStream([1, 2, 3]), "application/pdf");

        meta.Requests.Should().HaveCount(2);
        meta.Requests.Should().OnlyContain(request => request.Headers["Authorization"] == "Bearer " + Given.AccessToken
            && !request.Headers.ContainsKey(OfAll) && !request.Headers.ContainsKey(OfAll + "-Header") && request.Headers[OfOurs] == "yes"
            && request.Headers[OfOurs + "-Header"] == "by factory" && request.Headers.ContainsKey(LateOfOurs) == order.Contains('L'));
    }

    [Fact]
    public async Task AddWhatsSession_FilterThatWrapsTheConnectionsOfAllClients_DoesNotWrapThoseToMeta()
    {
        using var meta = new StubHttp();
        var services = new ServiceCollection();
        Add('A', services, meta);
        services.AddHttpClient("WhatsSession").ConfigurePrimaryHttpMessageHandler(() => meta);
        services.AddSingleton<IHttpMessageHandlerBuilderFilter>(new WrapsEveryConnection());
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IWhatsSession>().Number("support").Conversation(Given.Phone).SendAsync(Given.Template);

        meta.Requests.Should().ContainSingle()
            .Which.Headers.Should().Contain("Authorization", "Bearer " + Given.AccessToken).And.NotContainKey(OfAll);
    }

    private static void Add(char step, IServiceCollection services, StubHttp meta)
    {
        switch (step)
        {
            case 'D':
                services.ConfigureHttpClientDefaults(builder =>
                {
                    builder.AddHttpMessageHandler(() => new AddsHeader(OfAll));
                    builder.ConfigureHttpClient(client => client.DefaultRequestHeaders.Add(OfAll + "-Header", "secret"));
                });
                break;
            case 'A':
                services.AddWhatsSession(o => o.Numbers["support"] = new NumberOptions { PhoneNumberId = Given.Number.Value, AccessToken = Given.AccessToken });
                break;
            case 'N':
                services.AddHttpClient("WhatsSession").AddHttpMessageHandler(() => new AddsHeader(OfOurs)).AddHttpMessageHandler(() => new Answers(meta))
                    .ConfigureHttpClient((_, client) => client.DefaultRequestHeaders.Add(OfOurs + "-Header", "by factory"));
                break;
            case 'C':
                services.ConfigureAll<HttpClientFactoryOptions>(o =>
                {
                    o.HttpMessageHandlerBuilderActions.Add(builder => builder.AdditionalHandlers.Add(new AddsHeader(OfAll)));
                    o.HttpClientActions.Add(client => client.DefaultRequestHeaders.Add(OfAll + "-Header", "secret"));
                });
                break;
            case 'F':
                services.AddSingleton<IHttpMessageHandlerBuilderFilter>(new AddsToEveryClient());
                break;
            case 'P':
                services.PostConfigureAll<HttpClientFactoryOptions>(o =>
                {
                    o.HttpMessageHandlerBuilderActions.Add(builder => builder.AdditionalHandlers.Add(new AddsHeader(OfAll)));
                    o.HttpClientActions.Add(client => client.DefaultRequestHeaders.Add(OfAll + "-Header", "secret"));
                });
                break;
            case 'L':
                services.PostConfigure<HttpClientFactoryOptions>(
                    "WhatsSession", o => o.HttpClientActions.Add(client => client.DefaultRequestHeaders.Add(LateOfOurs, "yes")));
                break;
            default:
                services.AddHttpClient("another").AddHttpMessageHandler(() => new AddsHeader("X-Another"));
                break;
        }
    }

    private sealed class AddsHeader(string name) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = name == OfAll ? new("Bearer", "internal") : request.Headers.Authorization;
            request.Headers.TryAddWithoutValidation(name, "yes");
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class AddsToEveryClient : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            builder.AdditionalHandlers.Add(new AddsHeader(OfAll));
            next(builder);
            builder.AdditionalHandlers.Insert(0, new AddsHeader(OfAll));
        };
    }

    private sealed class WrapsEveryConnection : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            builder.PrimaryHandler = new AddsHeader(OfAll) { InnerHandler = builder.PrimaryHandler };
        };
    }

    /// <summary>Stands in for the connection.</summary>
    private sealed class Answers(StubHttp meta) : DelegatingHandler
    {
        private readonly HttpMessageInvoker _meta = new(meta, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _meta.SendAsync(request, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            _meta.Dispose();
            base.Dispose(disposing);
        }
    }
}
