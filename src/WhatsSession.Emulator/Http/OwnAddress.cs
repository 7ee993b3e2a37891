namespace WhatsSession.Emulator.Http;

/// <summary>Where the emulator itself is reached.</summary>
internal sealed class OwnAddress
{
    /// <summary>Known once the emulator listens.</summary>
    public Uri Value { get; set; } = new("http://127.0.0.1/");
}
