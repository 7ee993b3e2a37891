using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The status of a message when Meta accepted it (<c>message_status</c>). Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>Acceptance is not delivery. Equality is ordinal on the name.</remarks>
[JsonConverter(typeof(JsonTextConverter<AcceptedStatus>))]
public readonly record struct AcceptedStatus(string Name) : IJsonText<AcceptedStatus>
{
    /// <summary>Accepted. It is also the value for session messages, because Meta's answer to them has no status.</summary>
    public static AcceptedStatus Accepted { get; } = new("accepted");

    /// <summary>A template message that Meta holds until it has assessed the template's quality.</summary>
    public static AcceptedStatus HeldForQualityAssessment { get; } = new("held_for_quality_assessment");

    /// <summary>A template message that Meta holds because the template is paused.</summary>
    public static AcceptedStatus Paused { get; } = new("paused");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<AcceptedStatus>.ToJson(AcceptedStatus value) => value.Name;

    static AcceptedStatus? IJsonText<AcceptedStatus>.FromJson(string? text) => new AcceptedStatus(text!);
}
