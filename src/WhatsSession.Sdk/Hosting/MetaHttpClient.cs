using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace WhatsSession.Hosting;

/// <summary>
/// The named client for Meta. What the application sets for all its clients, such as a handler that adds a token of its own, is not for Meta; what it sets for
/// this client by name stays.
/// </summary>
internal static class MetaHttpClient
{
    public const string Name = "WhatsSession";

    public static IHttpClientBuilder Register(IServiceCollection services)
    {
        var builder = services.AddHttpClient(Name);
        if (services.Any(static service => service.ImplementationInstance is ForgetDefaults))
        {
            return builder;
        }

        // Defaults for every client run before what is set by name, whatever the order of the calls. So this belongs just before the first that names ours.
        var forget = ServiceDescriptor.Singleton<IConfigureOptions<HttpClientFactoryOptions>>(new ForgetDefaults());
        var named = services.FirstOrDefault(static service => service.ImplementationInstance is ConfigureNamedOptions<HttpClientFactoryOptions> { Name: Name });
        if (named is null)
        {
            builder.Services.Add(forget);
        }
        else
        {
            services.Insert(services.IndexOf(named), forget);
        }

        return builder;
    }

    private sealed class ForgetDefaults : IConfigureNamedOptions<HttpClientFactoryOptions>
    {
        public void Configure(HttpClientFactoryOptions options) => Configure(Microsoft.Extensions.Options.Options.DefaultName, options);

        public void Configure(string? name, HttpClientFactoryOptions options)
        {
            if (string.Equals(name, Name, StringComparison.Ordinal))
            {
                options.HttpClientActions.Clear();
                options.HttpMessageHandlerBuilderActions.Clear();
            }
        }
    }
}
