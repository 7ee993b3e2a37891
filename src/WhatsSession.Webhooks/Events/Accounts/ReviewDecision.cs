using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>What Meta decided on an account or a name. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name.
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_review_update">Meta,
/// read November 2025.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<ReviewDecision>))]
public readonly record struct ReviewDecision(string Name) : IJsonText<ReviewDecision>
{
    /// <summary>Approved.</summary>
    public static ReviewDecision Approved { get; } = new("APPROVED");

    /// <summary>Rejected.</summary>
    public static ReviewDecision Rejected { get; } = new("REJECTED");

    /// <summary>Not yet decided.</summary>
    public static ReviewDecision Pending { get; } = new("PENDING");

    /// <summary>Deferred.</summary>
    public static ReviewDecision Deferred { get; } = new("DEFERRED");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<ReviewDecision>.ToJson(ReviewDecision value) => value.Name;

    static ReviewDecision? IJsonText<ReviewDecision>.FromJson(string? text) => new ReviewDecision(text!);
}
