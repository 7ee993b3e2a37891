namespace WhatsSession;

/// <summary>
/// A QR code and short link that open a chat with a business number, with a text that is already typed. It is a chat link, not a device login: nothing is
/// linked or signed in.
/// </summary>
/// <remarks>
/// Immutable; equality is by value. It does not expire. Opening the chat does not open a customer service window; only the customer's message does.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/qr-codes">Meta, read 10 March 2026.</see>
/// </remarks>
public sealed record QrCode
{
    /// <summary>The maximum length of the text: 140 characters.</summary>
    public const int MaximumMessageLength = 140;

    /// <summary>Meta's id of it.</summary>
    public required string Code { get; init; }

    /// <summary>The text that is already typed when the customer opens the chat.</summary>
    public string PrefilledMessage { get; init; } = "";

    /// <summary>The short link. It does the same as the QR code.</summary>
    /// <value>Null when not known.</value>
    public Uri? Link { get; init; }

    /// <summary>The address of the image of the QR code. The address expires, so download the image and keep it.</summary>
    /// <value>Null when no image was asked for.</value>
    public Uri? Image { get; init; }

    /// <summary>Only the code.</summary>
    public override string ToString() => Code;

    /// <summary>Checks the text of a QR code.</summary>
    /// <param name="prefilledMessage">The text.</param>
    /// <returns>The limits that it breaks; empty when it breaks none.</returns>
    public static IReadOnlyList<Violation> Check(string? prefilledMessage)
    {
        var length = prefilledMessage?.EnumerateRunes().Count() ?? 0;
        return string.IsNullOrWhiteSpace(prefilledMessage) ? [new Violation("prefilled_message", "is empty; a text is required") { Limit = 1, Actual = 0 }]
            : length > MaximumMessageLength ?
            [
                new Violation("prefilled_message", FormattableString.Invariant($"is {length} characters long; the limit is {MaximumMessageLength}"))
                {
                    Limit = MaximumMessageLength,
                    Actual = length,
                },
            ]
            : [];
    }
}
