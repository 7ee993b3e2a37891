using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;
using WhatsSession.Sending;

namespace WhatsSession;

/// <summary>The outcome of a send: one of nine cases. Expected outcomes are returned; only programming errors throw.</summary>
/// <remarks>
/// Acceptance by Meta is not delivery: statuses report the delivery. Immutable. Equality is by value, but lists inside compare by reference. In JSON it is an
/// object whose field <c>outcome</c> names the case in camel case. Of a fallback template it has only the name and language, never the values.
/// </remarks>
[JsonConverter(typeof(JsonFormConverter<SendOutcome>))]
[SuppressMessage("Design", "CA1033", Justification = "Every case is in here: nobody else derives from it.")]
public abstract record SendOutcome : IJsonForm<SendOutcome>
{
    private SendOutcome()
    {
    }

    /// <summary>Whether Meta accepted the message or its fallback template.</summary>
    public virtual bool IsAccepted => false;

    /// <summary>The id of the accepted message, or null.</summary>
    public MessageId? MessageId => AcceptedId;

    /// <summary>The outcome in a sentence. For a refusal it also says what to do. It has no personal data.</summary>
    public abstract string Describe();

    /// <summary>Returns this outcome if Meta accepted the message; otherwise throws.</summary>
    /// <exception cref="MessageRefusedException">The message was not accepted.</exception>
    public SendOutcome EnsureAccepted() => IsAccepted ? this : throw new MessageRefusedException(this);

    /// <summary>The same as <see cref="Describe"/>.</summary>
    public sealed override string ToString() => Describe();

    static void IJsonForm<SendOutcome>.WriteJson(Utf8JsonWriter writer, SendOutcome value, JsonSerializerOptions options) =>
        SendOutcomeForm.Write(writer, value, options);

    static SendOutcome IJsonForm<SendOutcome>.ReadJson(JsonElement json, JsonSerializerOptions options) => SendOutcomeForm.Read(json, options);

    private protected virtual MessageId? AcceptedId => null;

    private static string At(Instant? instant, string before) =>
        instant is { } value ? before + value.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) : "";

    private static string Kept(IntentId? held) => held is { } intent ? $" The session message is kept until the window reopens (intent {intent})." : "";

    private static string OfFallback(TemplateMessage? template) => template is null ? "" : $" (fallback template \"{template.Name}\")";

    /// <summary>Meta accepted the message.</summary>
    [JsonConverter(typeof(JsonCaseConverter<SendOutcome, Accepted>))]
    public sealed record Accepted : SendOutcome
    {
        /// <summary>The id that Meta gave the message.</summary>
        public required new MessageId MessageId { get; init; }

        /// <summary>Meta's status of the accepted message.</summary>
        public AcceptedStatus Status { get; init; } = AcceptedStatus.Accepted;

        /// <inheritdoc />
        public override bool IsAccepted => true;

        private protected override MessageId? AcceptedId => MessageId;

        /// <inheritdoc />
        public override string Describe() => $"Accepted by Meta ({Status}). Delivery is told by statuses.";
    }

    /// <summary>
    /// The window was closed, and Meta accepted the fallback template in place of the session message. A template sent directly gives <see cref="Accepted"/>.
    /// </summary>
    [JsonConverter(typeof(JsonCaseConverter<SendOutcome, TemplateSent>))]
    public sealed record TemplateSent : SendOutcome
    {
        /// <summary>The id that Meta gave the template message.</summary>
        public required new MessageId MessageId { get; init; }

        /// <summary>Meta's status of the accepted message, such as <see cref="AcceptedStatus.HeldForQualityAssessment"/>.</summary>
        public AcceptedStatus Status { get; init; } = AcceptedStatus.Accepted;

        /// <summary>When the window closed, if that is known.</summary>
        public Instant? ClosedAt { get; init; }

        /// <summary>The id of the session message that is kept until the window reopens; null when it was discarded.</summary>
        public IntentId? HeldMessage { get; init; }

        /// <inheritdoc />
        public override bool IsAccepted => true;

        private protected override MessageId? AcceptedId => MessageId;

        /// <inheritdoc />
        public override string Describe() =>
            $"The window was closed{At(ClosedAt, " since ")}; the fallback template was accepted by Meta ({Status}) in its place. "
            + $"It opens no window; the customer's answer to it does.{Kept(HeldMessage)}";
    }

    /// <summary>
    /// The window is closed. Either the guard refused the session message before any request was made, or Meta refused it (131047) and no fallback template
    /// was sent now, because the template was already sent for this closed window or the message is held.
    /// </summary>
    [JsonConverter(typeof(JsonCaseConverter<SendOutcome, WindowClosed>))]
    public sealed record WindowClosed : SendOutcome
    {
        private const string Remedies = "Send an approved template message (orTemplate: does it in one call), or wait until the customer writes";

        /// <summary>Why it was refused.</summary>
        public required WindowClosedReason Reason { get; init; }

        /// <summary>When the window closed, if that is known.</summary>
        public Instant? Since { get; init; }

        /// <summary>
        /// Whether the fallback template was already sent for this closed window, so that it was not sent again. Null when no fallback was named. False when
        /// it was sent and Meta refused it later (<see cref="FallbackRefusal"/>).
        /// </summary>
        public bool? FallbackAlreadySent { get; init; }

        /// <summary>
        /// Why Meta refused, with a status, the fallback template that was already sent for this closed window. The customer did not get it, and it is not
        /// sent again, or not yet. Null when it was not refused, or no fallback was named.
        /// </summary>
        public GraphError? FallbackRefusal { get; init; }

        /// <summary>The id of the session message that is kept until the window reopens; null when it was discarded.</summary>
        public IntentId? HeldMessage { get; init; }

        /// <inheritdoc />
        public override string Describe() =>
            Why()
            + (FallbackRefusal is { } refusal ? $" The fallback template of this closed window was refused by Meta: {refusal}. {refusal.Advice}"
                : FallbackAlreadySent == true ? " The fallback template was already sent in this closed window." : "")
            + Kept(HeldMessage);

        private string Why() => Reason switch
        {
            WindowClosedReason.Expired => $"Not sent: the customer service window closed{At(Since, " at ")}. {Remedies}.",
            WindowClosedReason.NeverOpened =>
                $"Not sent: the customer has never written to this number. {Remedies}; import earlier customer messages, if there were any.",
            WindowClosedReason.Margin =>
                $"Not sent: the customer service window closes within the guard's margin. {Remedies}; SendOptions.IgnoreMargin sends all the same.",
            WindowClosedReason.Denied => $"Not sent: Meta refused a message in this window (131047) and the customer has not written since. {Remedies}.",
            WindowClosedReason.Restricted => "Not sent: Meta has restricted this account from answering customers. See the account in WhatsApp Manager.",
            _ => $"Not sent: it is not known whether the customer service window is open. {Remedies}; import earlier customer messages; "
                + "or let Meta decide by WhatsSession:Guard:NoHistory = Send (WhatsSession:Guard:StoreUnavailable = Send when it was the store that could "
                + "not be read).",
        };
    }

    /// <summary>The customer has opted out of this kind of message.</summary>
    [JsonConverter(typeof(JsonCaseConverter<SendOutcome, OptedOut>))]
    public sealed record OptedOut : SendOutcome
    {
        /// <inheritdoc />
        public override string Describe() => "Not sent: the customer has opted out of this kind of message.";
    }

    /// <summary>
    /// The customer wrote again before the message went out, and the send was to go only if nothing newer was known. No request was made. The newer message has
    /// a handler call or a turn of its own, so nothing is lost.
    /// </summary>
    [JsonConverter(typeof(JsonCaseConverter<SendOutcome, Overtaken>))]
    public sealed record Overtaken : SendOutcome
    {
        /// <inheritdoc />
        public override string Describe() =>
            "Not sent: the customer wrote, reacted or called again before the message went out, and it was to go only if nothing newer was known. "
            + "Answer what came last; to send all the same, leave OnlyIfNothingNewer out.";
    }

    /// <summary>The message breaks limits of the platform; no request was made.</summary>
    [JsonConverter(typeof(JsonCaseConverter<SendOutcome, Invalid>))]
    public sealed record Invalid : SendOutcome
    {
        /// <summary>Every broken rule; at least one.</summary>
        public required IReadOnlyList<Violation> Violations { get; init; }

        /// <inheritdoc />
        public override string Describe() => "Not sent: " + string.Join("; ", Violations) + ".";
    }

    /// <summary>The message could not be sent before its deadline because of a rate limit.</summary>
    [JsonConverter(typeof(JsonCaseConverter<SendOutcome, Throttled>))]
    public sealed record Throttled : SendOutcome
    {
        /// <summary>When a new attempt may succeed.</summary>
        public required Instant RetryAt { get; init; }

        /// <summary>The fallback template, if it was the message that was being sent.</summary>
        public TemplateMessage? Template { get; init; }

        /// <summary>
        /// If the fallback template failed: the id of the session message that is kept until the window reopens. Null when that message was discarded.
        /// </summary>
        public IntentId? HeldMessage { get; init; }

        /// <inheritdoc />
        public override string Describe() => $"Not sent: a rate limit is reached{OfFallback(Template)}. Try again{At(RetryAt, " at ")}.{Kept(HeldMessage)}";
    }

    /// <summary>Meta refused the message, or could not be reached.</summary>
    [JsonConverter(typeof(JsonCaseConverter<SendOutcome, Rejected>))]
    public sealed record Rejected : SendOutcome
    {
        /// <summary>What Meta answered, or why there was no answer.</summary>
        public required GraphError Error { get; init => field = value ?? throw new ArgumentNullException(nameof(value), "The error is null."); }

        /// <summary>The fallback template, if it was the message that was being sent.</summary>
        public TemplateMessage? Template { get; init; }

        /// <summary>
        /// If the fallback template failed: the id of the session message that is kept until the window reopens. Null when that message was discarded.
        /// </summary>
        public IntentId? HeldMessage { get; init; }

        /// <inheritdoc />
        public override string Describe() => Error.Category == GraphErrorCategory.NotReached
            ? $"Not sent{OfFallback(Template)}: Meta could not be reached. {Error}. Check the network and WhatsSession:GraphBaseAddress.{Kept(HeldMessage)}"
            : $"Rejected by Meta{OfFallback(Template)}: {Error}. {Error.Advice}{Kept(HeldMessage)}";
    }

    /// <summary>The request was written but no answer came, so Meta may or may not have accepted the message. It is not sent again.</summary>
    [JsonConverter(typeof(JsonCaseConverter<SendOutcome, Ambiguous>))]
    public sealed record Ambiguous : SendOutcome
    {
        /// <summary>The id of the send. If the message was accepted, its statuses have this id.</summary>
        public required IntentId IntentId { get; init; }

        /// <summary>What happened, in English; no personal data.</summary>
        public string Cause { get; init; } = "";

        /// <summary>The fallback template, if it was the message that was being sent.</summary>
        public TemplateMessage? Template { get; init; }

        /// <summary>
        /// If the fallback template failed: the id of the session message that is kept until the window reopens. Null when that message was discarded.
        /// </summary>
        public IntentId? HeldMessage { get; init; }

        /// <inheritdoc />
        public override string Describe() =>
            $"Unknown{OfFallback(Template)}: the request was written and no usable answer came ({Cause}). "
            + $"It is not sent again; if Meta has it, its statuses carry intent {IntentId}.{Kept(HeldMessage)}";
    }
}
