using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace WhatsSession.Hosting;

/// <summary>
/// The named client for Meta. What the application sets for all its clients, such as a handler that adds a token of its own, is not for Meta; what it sets for
/// this client by name stays. The order of the calls does not matter.
/// </summary>
internal static class MetaHttpClient
{
    public const string Name = "WhatsSession";

    // What came by name. Filters can add theirs before and after.
    private static readonly ConditionalWeakTable<HttpMessageHandlerBuilder, NamedHandlers> Named = [];

    public static IHttpClientBuilder Register(IServiceCollection services)
    {
        var builder = services.AddHttpClient(Name);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HttpClientFactoryOptions>, NamedAlone>());
        if (!services.Any(static service => service.ImplementationType == typeof(NamedHandlersAlone)))
        {
            // The first is the outermost: it looks at a client when all others are done with it.
            var first = services.First(static service => service.ServiceType == typeof(IHttpMessageHandlerBuilderFilter));
            services.Insert(services.IndexOf(first), ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter, NamedHandlersAlone>());
        }

        return builder;
    }

    /// <summary>Takes out all handlers but these and the framework's own, which log.</summary>
    private static void Keep(HttpMessageHandlerBuilder client, DelegatingHandler[] named)
    {
        for (var i = client.AdditionalHandlers.Count - 1; i >= 0; i--)
        {
            var handler = client.AdditionalHandlers[i];
            if (!named.Contains(handler) && handler.GetType().Assembly != typeof(HttpClientFactoryOptions).Assembly)
            {
                client.AdditionalHandlers.RemoveAt(i);
            }
        }
    }

    private sealed record NamedHandlers(DelegatingHandler[] Additional, HttpMessageHandler Primary);

    /// <summary>Takes the settings that were made for this client by name, and no other.</summary>
    /// <remarks>It is a validation, for that alone comes after every setting.</remarks>
    private sealed class NamedAlone(
        IEnumerable<IConfigureOptions<HttpClientFactoryOptions>> settings, IEnumerable<IPostConfigureOptions<HttpClientFactoryOptions>> lateSettings)
        : IValidateOptions<HttpClientFactoryOptions>
    {
        public ValidateOptionsResult Validate(string? name, HttpClientFactoryOptions options)
        {
            if (!string.Equals(name, Name, StringComparison.Ordinal))
            {
                return ValidateOptionsResult.Skip;
            }

            var ours = new HttpClientFactoryOptions();
            foreach (var setting in settings.OfType<ConfigureNamedOptions<HttpClientFactoryOptions>>().Where(static setting => setting.Name == Name))
            {
                setting.Configure(Name, ours);
            }

            foreach (var setting in lateSettings.OfType<PostConfigureOptions<HttpClientFactoryOptions>>().Where(static setting => setting.Name == Name))
            {
                setting.PostConfigure(Name, ours);
            }

            Replace(options.HttpClientActions, ours.HttpClientActions);
            Replace(options.HttpMessageHandlerBuilderActions, ours.HttpMessageHandlerBuilderActions);
            options.HttpMessageHandlerBuilderActions.Insert(0, static client => Keep(client, []));
            options.HttpMessageHandlerBuilderActions.Add(
                static client => Named.AddOrUpdate(client, new NamedHandlers([.. client.AdditionalHandlers], client.PrimaryHandler)));
            return ValidateOptionsResult.Success;
        }

        private static void Replace<T>(IList<T> those, IEnumerable<T> by)
        {
            those.Clear();
            foreach (var one in by)
            {
                those.Add(one);
            }
        }
    }

    /// <summary>Takes out the handlers that filters of the application add to every client, or put around its connections.</summary>
    private sealed class NamedHandlersAlone : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => client =>
        {
            next(client);
            if (string.Equals(client.Name, Name, StringComparison.Ordinal))
            {
                Named.TryGetValue(client, out var named);
                Keep(client, named?.Additional ?? []);
                client.PrimaryHandler = named?.Primary ?? client.PrimaryHandler;
            }
        };
    }
}
