using System.Text.Json;

namespace WhatsSession.Emulator;

/// <summary>A place that a customer shares.</summary>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
public sealed record CustomerLocation(double Latitude, double Longitude)
{
    /// <summary>The place's name.</summary>
    /// <value>Default <see langword="null"/>: none.</value>
    public string? Name { get; init; }

    /// <summary>The place's address.</summary>
    /// <value>Default <see langword="null"/>: none.</value>
    public string? Address { get; init; }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("location");
        json.WriteNumber("latitude", Latitude);
        json.WriteNumber("longitude", Longitude);
        if (Name is not null)
        {
            json.WriteString("name", Name);
        }

        if (Address is not null)
        {
            json.WriteString("address", Address);
        }

        json.WriteEndObject();
    }
}
