using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>How far a call has come, or how it ended. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/reference">Meta,
/// read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<CallStatus>))]
public readonly record struct CallStatus(string Name) : IJsonText<CallStatus>
{
    /// <summary>It is ringing at the customer.</summary>
    public static CallStatus Ringing { get; } = new("RINGING");

    /// <summary>The customer accepted it.</summary>
    public static CallStatus Accepted { get; } = new("ACCEPTED");

    /// <summary>The customer refused it.</summary>
    public static CallStatus Rejected { get; } = new("REJECTED");

    /// <summary>It was accepted and has ended.</summary>
    public static CallStatus Completed { get; } = new("COMPLETED");

    /// <summary>It was not accepted, or failed.</summary>
    public static CallStatus Failed { get; } = new("FAILED");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<CallStatus>.ToJson(CallStatus value) => value.Name;

    static CallStatus? IJsonText<CallStatus>.FromJson(string? text) => new CallStatus(text!);
}
