using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What Meta said of a message when it accepted it (<c>message_status</c>). Open: an unknown value is a value.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>Acceptance is not delivery. Equality is ordinal on the name.</remarks>
[JsonConverter(typeof(JsonTextConverter<AcceptedStatus>))]
public readonly record struct AcceptedStatus(string Name) : IJsonText<AcceptedStatus>
{
    /// <summary>Accepted; also the value for session messages, whose answers carry no status.</summary>
    public static AcceptedStatus Accepted { get; } = new("accepted");

    /// <summary>A template message that Meta holds until it has judged the template's quality.</summary>
    public static AcceptedStatus HeldForQualityAssessment { get; } = new("held_for_quality_assessment");

    /// <summary>A template message that Meta holds because the template is paused.</summary>
    public static AcceptedStatus Paused { get; } = new("paused");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<AcceptedStatus>.ToJson(AcceptedStatus value) => value.Name;

    static AcceptedStatus? IJsonText<AcceptedStatus>.FromJson(string? text) => new AcceptedStatus(text!);
}
