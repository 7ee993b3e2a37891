using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSession;
using WhatsSession.Shared;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the webhook endpoint that Meta calls.</summary>
public static class WhatsSessionEndpointRouteBuilderExtensions
{
    private static readonly ConditionalWeakTable<WhatsSessionRuntime, object> Warned = [];

    // One for all paths of a runtime.
    private static readonly ConditionalWeakTable<WhatsSessionRuntime, BodyBudget> Budgets = [];

    /// <summary>
    /// Maps one path for both of Meta's requests. GET answers the verification. POST checks the signature over the raw bytes, stores every event and answers
    /// 200.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">
    /// The path, such as <c>/whatsapp</c>. It may have parameters, such as <c>/whatsapp/{number}</c>, if each account or number has its own callback address.
    /// </param>
    /// <returns>The convention builder of the endpoint, for example to add a host, a rate limit or a name.</returns>
    /// <remarks>
    /// Answers 401 to a missing or wrong signature, 413 to a body over <see cref="WebhookOptions.MaximumBodySize"/>, 408 to a body that has not arrived after
    /// <see cref="WebhookOptions.BodyDeadline"/>, 503 when the store did not take the events within 2 seconds or all bodies together hold more than
    /// <see cref="WebhookOptions.MaximumBufferedBytes"/> (Meta sends them again), 403 to a verification with another token. It does not use model binding or
    /// the host's JSON settings.
    /// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview">Meta, read November 2025.</see>
    /// </remarks>
    /// <exception cref="InvalidOperationException"><c>AddWhatsSession</c> was not called, or no app secret or verify token is set.</exception>
    public static IEndpointConventionBuilder MapWhatsApp(this IEndpointRouteBuilder endpoints, string pattern)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var services = endpoints.ServiceProvider;
        var runtime = services.GetService<WhatsSessionRuntime>()
            ?? throw new InvalidOperationException(
                "MapWhatsApp was called without AddWhatsSession; call builder.Services.AddWhatsSession(…) before builder.Build().");
        var options = services.GetRequiredService<IOptions<WhatsSessionOptions>>().Value;
        ThrowIfNotConfigured(options);
        WarnIfVolatile(services, runtime);
        var endpoint = new WebhookEndpoint(
            runtime,
            options.Webhooks,
            Budgets.GetValue(runtime, _ => new BodyBudget(options.Webhooks.MaximumBufferedBytes)),
            new RecurringWarnings(services.GetRequiredService<TimeProvider>()),
            services.GetRequiredService<ILogger<WebhookEndpoint>>());
        runtime.NoteEndpoint(() => FindPattern(services, endpoint) ?? pattern);
        return endpoints
            .MapMethods(pattern, [HttpMethods.Get, HttpMethods.Post], endpoint.HandleAsync)
            .WithDisplayName("WhatsApp webhook")
            .WithMetadata(endpoint)
            .AllowAnonymous(); // Meta has no account with the application; the signature is its identity.
    }

    /// <summary>The whole path, with those of the groups around it; null when the application does not tell.</summary>
    private static string? FindPattern(IServiceProvider services, WebhookEndpoint endpoint) =>
        services.GetService<EndpointDataSource>()?.Endpoints.OfType<RouteEndpoint>()
            .FirstOrDefault(mapped => mapped.Metadata.GetMetadata<WebhookEndpoint>() == endpoint)?.RoutePattern.RawText;

    private static void ThrowIfNotConfigured(WhatsSessionOptions options)
    {
        if (options.AppSecret is null && options.Apps.Count == 0)
        {
            throw new InvalidOperationException(
                "WhatsSession:AppSecret is missing, and MapWhatsApp needs it to check signatures; set it to the secret of the Meta app (App settings, Basic).");
        }

        if (options.VerifyToken is null && options.Apps.Values.All(app => app.VerifyToken is null))
        {
            throw new InvalidOperationException(
                "WhatsSession:VerifyToken is missing, and MapWhatsApp needs it to answer Meta's verification; choose any text, set it here, and type the same "
                + "into the webhook page of the Meta app.");
        }
    }

    private static void WarnIfVolatile(IServiceProvider services, WhatsSessionRuntime runtime)
    {
        if (runtime.Durability == StoreDurability.Process && services.GetService<IHostEnvironment>()?.IsDevelopment() != true && Warned.TryAdd(runtime, Warned))
        {
            services.GetRequiredService<ILoggerFactory>().CreateLogger<WebhookEndpoint>().StoreIsVolatile();
        }
    }
}
