using System.Text.Json;
using WhatsSession.Emulator.Customers;

namespace WhatsSession.Emulator.Acting;

/// <summary>What a customer is about to send.</summary>
/// <param name="Customer">Who.</param>
/// <param name="Number">To whom.</param>
/// <param name="Type">The message type.</param>
/// <param name="WriteContent">Writes the property named as the type, and what else belongs to the message.</param>
internal sealed record CustomerDraft(Person Customer, EmulatedNumber Number, string Type, Action<Utf8JsonWriter> WriteContent)
{
    /// <summary>The id of the business's message it answers; null for none.</summary>
    public string? AnswerTo { get; init; }

    /// <summary>Where it is written; null for the chat with the business alone.</summary>
    public Group? Group { get; init; }

    public bool FromAd { get; init; }

    public bool OpensWindow { get; init; } = true;
}
