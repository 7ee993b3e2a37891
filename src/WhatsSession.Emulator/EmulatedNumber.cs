namespace WhatsSession.Emulator;

/// <summary>A business phone number that the emulator serves.</summary>
public sealed record EmulatedNumber
{
    /// <summary>The phone number id of Graph paths: digits.</summary>
    public required string Id { get; init; }

    /// <summary>The token that requests for this number must bear.</summary>
    /// <value>Default <c>dev</c>.</value>
    public string AccessToken { get; init; } = "dev";

    /// <summary>The phone number itself, digits only, as webhooks show it.</summary>
    /// <value>Default <c>15550009000</c>.</value>
    public string DisplayPhoneNumber { get; init; } = "15550009000";

    /// <summary>The name customers see.</summary>
    /// <value>Default <c>Emulated Business</c>.</value>
    public string VerifiedName { get; init; } = "Emulated Business";

    /// <summary>The WhatsApp Business Account the number belongs to: digits.</summary>
    /// <value>Default <c>271828182845904</c>.</value>
    public string BusinessAccountId { get; init; } = "271828182845904";

    /// <summary>Names the number, without its token.</summary>
    /// <returns>The id.</returns>
    public override string ToString() => $"number {Id}";
}
