using System.Text.Json;
using System.Text.Json.Serialization;
using WhatsSession.Errors;
using WhatsSession.Identity;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>An error that Meta answered, or the reason why Meta could not be reached.</summary>
/// <remarks>Immutable; equality is by value. Decide on <see cref="Code"/> and <see cref="Category"/>; titles and texts change.</remarks>
[JsonConverter(typeof(JsonFormConverter<GraphError>))]
public sealed record GraphError : IJsonForm<GraphError>
{
    /// <summary>Meta's code, such as 131047; 0 when the answer had none.</summary>
    public int Code { get; init; }

    /// <summary>Meta's subcode, if any.</summary>
    public int? Subcode { get; init; }

    /// <summary>Meta's error type, such as <c>OAuthException</c>; empty in webhooks.</summary>
    public string Type { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "Type is null."); } = "";

    /// <summary>Meta's message or title, in English, unchanged. It may contain identifiers.</summary>
    public string Message { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "Message is null."); } = "";

    /// <summary>Meta's details (<c>error_data.details</c>), which say more than the message. They are unchanged; null when absent.</summary>
    public string? Details { get; init; }

    /// <summary>A title that Meta wrote for the end user, if any.</summary>
    public string? UserTitle { get; init; }

    /// <summary>A message that Meta wrote for the end user, if any.</summary>
    public string? UserMessage { get; init; }

    /// <summary>The trace id to give to Meta's support, if any.</summary>
    public string? TraceId { get; init; }

    /// <summary>The HTTP status of the answer; null in webhooks and when there was no answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>What kind of failure this is.</summary>
    public GraphErrorCategory Category { get; init; }

    /// <summary>What to do about it. The advice depends on the code if the code is known, otherwise on the category and the HTTP status.</summary>
    public GraphAdvice Advice => GraphErrorTable.AdviceOn(this);

    /// <summary>
    /// Whether the failed request can be made twice without harm: it changes nothing (a GET), or nothing more the second time (such as marking a message as
    /// read).
    /// </summary>
    /// <value>False by default, and in webhooks.</value>
    public bool IsOfRepeatableRequest { get; init; }

    /// <summary>
    /// Whether the same request may be accepted within minutes and can be repeated without harm. For a message this is true only when Meta certainly did
    /// nothing, so that the message can be sent again safely. For a request that can be made twice without harm it is also true when Meta was busy, failed or
    /// gave no answer.
    /// </summary>
    public bool IsSafeToRetry =>
        Category == GraphErrorCategory.NotReached
        || (HttpStatus == 429 && Category is GraphErrorCategory.RateLimited or GraphErrorCategory.Unknown)
        || GraphErrorCodes.IsSafeToRetry(Code)
        || (IsOfRepeatableRequest && Category == GraphErrorCategory.Unavailable);

    static void IJsonForm<GraphError>.WriteJson(Utf8JsonWriter writer, GraphError value, JsonSerializerOptions options) =>
        GraphErrorForm.Write(writer, value, options);

    static GraphError IJsonForm<GraphError>.ReadJson(JsonElement json, JsonSerializerOptions options) => GraphErrorForm.Read(json, options);

    /// <summary>The code, the message and the details on one line, for logs. If Meta quotes a phone number, a BSUID or a wamid, it is masked.</summary>
    public override string ToString()
    {
        var text = Code == 0 || Message.Contains($"(#{Code})", StringComparison.Ordinal) ? Message : $"({Code}) {Message}";
        var whole = (Details is { Length: > 0 } details ? $"{text.TrimEnd()}: {details}" : text).TrimEnd(' ', '.');
        return (whole.Length == 0 ? "no details" : Redaction.Mask(whole)) + (HttpStatus is { } status ? $" [HTTP {status}]" : "");
    }
}
