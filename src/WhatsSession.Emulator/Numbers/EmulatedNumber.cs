namespace WhatsSession.Emulator;

/// <summary>A business phone number that the emulator serves.</summary>
public sealed record EmulatedNumber
{
    /// <summary>The phone number id of Graph paths: digits.</summary>
    public required string Id { get; init; }

    /// <summary>The token that requests for this number must have.</summary>
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

    /// <summary>How many messages it handles in a second, in both directions together. More sends are refused with 130429.</summary>
    /// <value>Default 80.</value>
    public int MessagesPerSecond { get; init; } = 80;

    /// <summary>The only phone numbers that may be written to, as with one of Meta's test numbers; others are refused with 131030.</summary>
    /// <value>Default none: everyone may.</value>
    public IReadOnlyList<string> AllowedRecipients { get; init; } = [];

    /// <summary>Names the number, without its token.</summary>
    /// <returns>The id.</returns>
    public override string ToString() => $"number {Id}";
}
