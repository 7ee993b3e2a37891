using System.Security.Cryptography;
using WhatsSession.Emulator.Clock;
using WhatsSession.Emulator.Customers;
using WhatsSession.Emulator.Webhooks;

namespace WhatsSession.Emulator;

/// <summary>What customers do about a business besides writing: call, pay, stop its marketing, block it.</summary>
public static class CustomerRelations
{
    /// <summary>Calls the one business number there is. The window opens, whether or not the business answers.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="answered">Whether the call is answered; it then takes half a minute.</param>
    /// <param name="cancellationToken">Stops the waiting. The webhooks are delivered anyway.</param>
    /// <returns>The call's id.</returns>
    /// <exception cref="InvalidOperationException">The emulator serves several numbers, or the customer blocked this one.</exception>
    public static Task<string> CallsAsync(this EmulatedCustomer customer, bool answered, CancellationToken cancellationToken = default) =>
        CallAsync(customer, answered, customer.World.Numbers.Only(), cancellationToken);

    /// <summary>Calls a business number. The window opens, whether or not the business answers.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="answered">Whether the call is answered; it then takes half a minute.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting. The webhooks are delivered anyway.</param>
    /// <returns>The call's id.</returns>
    public static Task<string> CallsAsync(this EmulatedCustomer customer, bool answered, string toNumber, CancellationToken cancellationToken = default) =>
        CallAsync(customer, answered, customer.World.Numbers.Get(toNumber), cancellationToken);

    /// <summary>Pays an order (<c>order_details</c>) that arrived: the business gets a status of type <c>payment</c>, <c>captured</c>.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="messageId">The id of the order's message.</param>
    /// <param name="cancellationToken">Stops the waiting. The webhook is delivered anyway.</param>
    /// <returns>Completes when the business has answered the webhook.</returns>
    /// <exception cref="InvalidOperationException">The customer received no such message, or the message is not an order.</exception>
    public static Task PaysAsync(this EmulatedCustomer customer, string messageId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(customer);
        ArgumentException.ThrowIfNullOrEmpty(messageId);
        var (person, world) = (customer.Person, customer.World);
        person.ThrowIfLeft();
        var message = person.Handset.Arrived.LastOrDefault(m => string.Equals(m.Id, messageId, StringComparison.Ordinal));
        var order = (message is null ? null : PayableOrder.Find(message)) ?? throw new InvalidOperationException(
            $"{person} received no order of that id: let the business send an interactive message of type 'order_details' first.");
        return world.News.PaymentAsync(person, message!, order, world.Time.Now).WaitAsync(cancellationToken);
    }

    /// <summary>Stops marketing messages of the one business number there is: they are refused with 131050 from now on.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="cancellationToken">Stops the waiting. The webhook is delivered anyway.</param>
    /// <returns>Completes when the business has answered the webhook.</returns>
    public static Task StopsMarketingAsync(this EmulatedCustomer customer, CancellationToken cancellationToken = default) =>
        PreferAsync(customer, stops: true, customer.World.Numbers.Only(), cancellationToken);

    /// <summary>Stops marketing messages of a business number: they are refused with 131050 from now on.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting. The webhook is delivered anyway.</param>
    /// <returns>Completes when the business has answered the webhook.</returns>
    public static Task StopsMarketingAsync(this EmulatedCustomer customer, string toNumber, CancellationToken cancellationToken = default) =>
        PreferAsync(customer, stops: true, customer.World.Numbers.Get(toNumber), cancellationToken);

    /// <summary>Allows marketing messages of the one business number again.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="cancellationToken">Stops the waiting. The webhook is delivered anyway.</param>
    /// <returns>Completes when the business has answered the webhook.</returns>
    public static Task ResumesMarketingAsync(this EmulatedCustomer customer, CancellationToken cancellationToken = default) =>
        PreferAsync(customer, stops: false, customer.World.Numbers.Only(), cancellationToken);

    /// <summary>Allows marketing messages of a business number again.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting. The webhook is delivered anyway.</param>
    /// <returns>Completes when the business has answered the webhook.</returns>
    public static Task ResumesMarketingAsync(this EmulatedCustomer customer, string toNumber, CancellationToken cancellationToken = default) =>
        PreferAsync(customer, stops: false, customer.World.Numbers.Get(toNumber), cancellationToken);

    /// <summary>
    /// Blocks the one business number there is: its messages stay at <c>sent</c>, and nothing can be written to it. The business is not told.
    /// </summary>
    /// <param name="customer">Who.</param>
    public static void Blocks(this EmulatedCustomer customer) => customer.Person.With(customer.World.Numbers.Only()).Blocked = true;

    /// <summary>Blocks a business number: its messages stay at <c>sent</c>, and nothing can be written to it. The business is not told.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="number">The phone number id of the business number.</param>
    public static void Blocks(this EmulatedCustomer customer, string number) =>
        customer.Person.With(customer.World.Numbers.Get(number)).Blocked = true;

    /// <summary>Unblocks the one business number there is.</summary>
    /// <param name="customer">Who.</param>
    public static void Unblocks(this EmulatedCustomer customer) => customer.Person.With(customer.World.Numbers.Only()).Blocked = false;

    /// <summary>Unblocks a business number.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="number">The phone number id of the business number.</param>
    public static void Unblocks(this EmulatedCustomer customer, string number) =>
        customer.Person.With(customer.World.Numbers.Get(number)).Blocked = false;

    private static async Task<string> CallAsync(EmulatedCustomer customer, bool answered, EmulatedNumber number, CancellationToken cancellationToken)
    {
        var (person, world) = (customer.Person, customer.World);
        person.ThrowIfLeft();
        var pair = person.With(number);
        if (pair.Blocked)
        {
            throw new InvalidOperationException($"{person} blocked number {number.Id} and cannot call it: let them unblock it first.");
        }

        var id = "wacid." + Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        var call = new CallEvent(id, "connect", MetaTime.WholeSecond(world.Time.Now), answered, TimeSpan.FromSeconds(30));
        var end = call with { Name = "terminate", At = call.At + call.Duration };
        pair.Meet();
        pair.Open(call.At);
        var isNewer = world.Settings.NewerCallEvents;
        CallEvent[] before = isNewer ? [call with { Name = "call_created" }] : [];
        CallEvent[] after = isNewer && answered ? [end with { Name = "call_recording_available" }, end with { Name = "call_transcription_available" }] : [];
        foreach (var part in (CallEvent[])[.. before, call, end, .. after])
        {
            await world.News.CallAsync(person, number, part).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return id;
    }

    private static Task PreferAsync(EmulatedCustomer customer, bool stops, EmulatedNumber number, CancellationToken cancellationToken)
    {
        var (person, world) = (customer.Person, customer.World);
        person.ThrowIfLeft();
        var pair = person.With(number);
        pair.Meet();
        pair.StoppedMarketing = stops;
        return world.News.PreferenceAsync(person, number, stops, world.Time.Now).WaitAsync(cancellationToken);
    }
}
