using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A place on the map.</summary>
/// <param name="Latitude">Degrees north, -90 to 90. 15 digits are kept.</param>
/// <param name="Longitude">Degrees east, -180 to 180. 15 digits are kept.</param>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/location-messages">Meta, read November 2025.</see>
/// </remarks>
public sealed record LocationMessage(double Latitude, double Longitude) : SessionMessage
{
    /// <summary>The name of the place.</summary>
    /// <value>Null by default.</value>
    public string? Name { get; init; }

    /// <summary>The address of the place.</summary>
    /// <value>Null by default.</value>
    public string? Address { get; init; }

    /// <inheritdoc />
    public override string Kind => "location";

    internal static void CheckCoordinates(ref ViolationList violations, in FieldPath path, double latitude, double longitude)
    {
        // Written so that NaN is outside too.
        if (!(latitude is >= -90 and <= 90))
        {
            violations.Add(path + ".latitude", "is not within -90 to 90 degrees");
        }

        if (!(longitude is >= -180 and <= 180))
        {
            violations.Add(path + ".longitude", "is not within -180 to 180 degrees");
        }
    }

    private protected override void Check(ref ViolationList violations)
    {
        CheckCoordinates(ref violations, "location", Latitude, Longitude);
        violations.Optional("location.name", Name);
        violations.Optional("location.address", Address);
    }
}
