using System.Text.Json;
using WhatsSession.Emulator.Acting;

namespace WhatsSession.Emulator;

/// <summary>Places and people that customers share, and advertisements they come from.</summary>
public static class CustomerSharing
{
    /// <summary>Shares a place. If the latest received message is a location request, the place is the answer to it.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="location">The place.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    public static Task<string> SharesLocationAsync(this EmulatedCustomer customer, CustomerLocation location, CancellationToken cancellationToken = default) =>
        ShareAsync(customer, location, customer.World.Numbers.Only(), cancellationToken);

    /// <summary>Shares a place. If the latest received message is a location request, the place is the answer to it.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="location">The place.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    public static Task<string> SharesLocationAsync(
        this EmulatedCustomer customer, CustomerLocation location, string toNumber, CancellationToken cancellationToken = default) =>
        ShareAsync(customer, location, customer.World.Numbers.Get(toNumber), cancellationToken);

    /// <summary>Shares somebody's name and phone number with the one business number there is.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="name">The name.</param>
    /// <param name="phone">The phone number.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    public static Task<string> SharesContactAsync(this EmulatedCustomer customer, string name, string phone, CancellationToken cancellationToken = default) =>
        ShareAsync(customer, name, phone, customer.World.Numbers.Only(), cancellationToken);

    /// <summary>Shares somebody's name and phone number.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="name">The name.</param>
    /// <param name="phone">The phone number.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    public static Task<string> SharesContactAsync(
        this EmulatedCustomer customer, string name, string phone, string toNumber, CancellationToken cancellationToken = default) =>
        ShareAsync(customer, name, phone, customer.World.Numbers.Get(toNumber), cancellationToken);

    /// <summary>
    /// Comes from an advertisement and writes to the one business number there is. The business's answer within 24 hours opens the free entry point window.
    /// </summary>
    /// <param name="customer">Who.</param>
    /// <param name="text">The text.</param>
    /// <param name="ad">The advertisement.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    public static Task<string> ClicksAdAsync(this EmulatedCustomer customer, string text, CustomerAd ad, CancellationToken cancellationToken = default) =>
        ClickAsync(customer, text, ad, customer.World.Numbers.Only(), cancellationToken);

    /// <summary>Comes from an advertisement and writes. The business's answer within 24 hours opens the free entry point window.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="text">The text.</param>
    /// <param name="ad">The advertisement.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    public static Task<string> ClicksAdAsync(
        this EmulatedCustomer customer, string text, CustomerAd ad, string toNumber, CancellationToken cancellationToken = default) =>
        ClickAsync(customer, text, ad, customer.World.Numbers.Get(toNumber), cancellationToken);

    private static Task<string> ShareAsync(EmulatedCustomer customer, CustomerLocation location, EmulatedNumber number, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(location);
        var latest = customer.Person.Handset.Arrived.LastOrDefault(m => m.Number == number && m.Group is null);
        var asked = latest is not null && latest.Arrival!.Json.Contains("location_request_message", StringComparison.Ordinal);
        return customer.WriteAsync(
            new(customer.Person, number, "location", json => CustomerContent.WriteLocation(json, location)) { AnswerTo = asked ? latest!.Id : null },
            cancellationToken);
    }

    private static Task<string> ShareAsync(EmulatedCustomer customer, string name, string phone, EmulatedNumber number, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(phone);
        return customer.WriteAsync(new(customer.Person, number, "contacts", json => CustomerContent.WriteContact(json, name, phone)), cancellationToken);
    }

    private static Task<string> ClickAsync(EmulatedCustomer customer, string text, CustomerAd ad, EmulatedNumber number, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        ArgumentNullException.ThrowIfNull(ad);
        return customer.WriteAsync(new(customer.Person, number, "text", Write) { FromAd = true }, cancellationToken);

        void Write(Utf8JsonWriter json)
        {
            CustomerContent.WriteText(json, text);
            CustomerContent.WriteReferral(json, ad);
        }
    }
}
