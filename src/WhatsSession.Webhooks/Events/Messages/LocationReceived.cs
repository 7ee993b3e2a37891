namespace WhatsSession;

/// <summary>A place that a customer sent.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/location">Meta, read November 2025.</see>
/// </remarks>
public sealed class LocationReceived : MessageReceived
{
    /// <summary>Degrees north of the equator; not a number when the payload has none.</summary>
    public double Latitude { get; init; }

    /// <summary>Degrees east of Greenwich; not a number when the payload has none.</summary>
    public double Longitude { get; init; }

    /// <summary>The name of the place; null when it has no name.</summary>
    public string? Name { get; init; }

    /// <summary>The address of the place; null when absent.</summary>
    public string? Address { get; init; }

    /// <summary>A page about the place; null when absent.</summary>
    public Uri? Url { get; init; }
}
