using WhatsSession.Events;

namespace WhatsSession;

/// <summary>A customer answered a request for an address.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/address-messages">Meta, read November 2025.</see>
/// </remarks>
public sealed class AddressReplied : MessageReceived
{
    /// <summary>The text that the customer saw as the answer.</summary>
    public string Body { get; init; } = "";

    /// <summary>The answer as JSON; empty when absent.</summary>
    public string ResponseJson { get; init; } = "";

    /// <summary>
    /// The parts of the address by Meta's names, such as <c>city</c> and <c>in_pin_code</c>, read from <see cref="ResponseJson"/>; empty when it is not JSON.
    /// </summary>
    public IReadOnlyDictionary<string, string> Values => ResponseProperties.Read(ResponseJson, "values");
}
