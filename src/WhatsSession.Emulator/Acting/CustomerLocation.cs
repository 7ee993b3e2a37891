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
}
