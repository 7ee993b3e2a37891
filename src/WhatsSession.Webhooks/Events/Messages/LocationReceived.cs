namespace WhatsSession;

/// <summary>A place that a customer sent.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/location">Meta, read November 2025.</see></remarks>
public sealed class LocationReceived : MessageReceived
{
    /// <summary>Degrees north of the equator; not a number when the payload has none.</summary>
    public double Latitude { get; internal set; }

    /// <summary>Degrees east of Greenwich; not a number when the payload has none.</summary>
    public double Longitude { get; internal set; }

    /// <summary>The name of the place; null when it is a bare point.</summary>
    public string? Name { get; internal set; }

    /// <summary>The address of the place; null when absent.</summary>
    public string? Address { get; internal set; }

    /// <summary>A page about the place; null when absent.</summary>
    public Uri? Url { get; internal set; }
}
