using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace WhatsSession.Testing;

/// <summary>Makes the argument of a handler, so that a test can call the handler directly.</summary>
public static class Received
{
    /// <summary>Makes the argument for a handler that sends no reply and uses no services.</summary>
    /// <param name="received">The event.</param>
    public static Received<TEvent> Of<TEvent>(TEvent received)
        where TEvent : WhatsAppEvent => new(received, number: null, NoServices.Instance, attempt: 1);

    /// <summary>Makes the argument for a handler whose replies go to the client of a test.</summary>
    /// <param name="received">The event, of a number that the test's options name.</param>
    /// <param name="whatsApp">The test that gets the replies. The handler uses its services.</param>
    public static Received<TEvent> Of<TEvent>(TEvent received, TestWhatsApp whatsApp)
        where TEvent : WhatsAppEvent
    {
        ArgumentNullException.ThrowIfNull(received);
        ArgumentNullException.ThrowIfNull(whatsApp);
        var numbers = whatsApp.Services.GetRequiredService<IOptions<WhatsSessionOptions>>().Value.Numbers;
        var name = received.Number is { } id ? numbers.FirstOrDefault(number => number.Value.PhoneNumberId == id.Value).Key : null;
        return new Received<TEvent>(received, name is null ? null : whatsApp.Client.Number(name), whatsApp.Services, attempt: 1);
    }

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
