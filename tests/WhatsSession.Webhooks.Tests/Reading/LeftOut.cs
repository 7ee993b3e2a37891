namespace WhatsSession.Webhooks.Tests.Reading;

/// <summary>The leaves of the samples that no typed event carries, each with its reason. All of them stand in the raw slice or in the envelope.</summary>
internal static class LeftOut
{
    // A sample's name or *, and the end of a leaf's path.
    private static readonly (string Sample, string Path, string Reason)[] Leaves =
    [
        ("*", "object", "The envelope of every payload."),
        ("*", "value.messaging_product", "Always whatsapp."),
        ("*", "metadata.display_phone_number", "The business number is known by its id; how it is shown may change."),
        ("*", "errors[].href", "A link to Meta's list of all errors."),
        ("*", "interactive.type", "The type of the event says it."),
        ("*", "calls[].event", "The type of the event says it."),
        ("*", "conversation_context.type", "Summaries are all there is."),
        ("*", "statuses[].type", "The type of the event says it."),
        ("*", "statuses[].recipient_type", "The group is set."),
        ("*", "state_sync[].type", "Contacts are all that is synchronised."),
        ("*", "message.messaging_product", "Always whatsapp."),
        ("*", "message.recipient_type", "The group is set."),
        ("call-connect-business-initiated", "calls[].from", "The business number is known by its id."),
        ("call-connect-user-initiated", "calls[].to", "The business number is known by its id."),
        ("call-created", "calls[].from", "The business number is known by its id."),
        ("call-recording-available", "calls[].to", "The business number is known by its id."),
        ("call-terminate-completed", "calls[].from", "The business number is known by its id."),
        ("call-terminate-user-initiated-missed", "calls[].to", "The business number is known by its id."),
        ("inbound-text-unknown-fields", "profile.pronouns", "What is unknown stands in the raw slice."),
        ("inbound-text-unknown-fields", "contacts[].trust_level", "What is unknown stands in the raw slice."),
        ("inbound-text-unknown-fields", "text.lang_guess", "What is unknown stands in the raw slice."),
        ("inbound-text-unknown-fields", "message_score", "What is unknown stands in the raw slice."),
        ("inbound-text-unknown-fields", "delivery_hints.priority", "What is unknown stands in the raw slice."),
        ("inbound-interactive-unknown-reply-type", "hologram_reply.id", "What is unknown stands in the raw slice."),
        ("inbound-interactive-unknown-reply-type", "hologram_reply.depth", "What is unknown stands in the raw slice."),
        ("field-account-update-unknown-event", "teleport_info.from", "What is unknown stands in the raw slice."),
        ("field-account-update-unknown-event", "teleport_info.to", "What is unknown stands in the raw slice."),
        ("status-unknown-status-and-pricing", "pricing.tier", "What is unknown stands in the raw slice."),
        ("envelope-unknown-field", "value.temp", "What is unknown stands in the raw slice."),
        ("envelope-unknown-field", "value.list[]", "What is unknown stands in the raw slice."),
        ("envelope-unknown-object", "", "What is unknown stands in the raw slice."),
        ("batch-several-changes-fields", "value.hello", "What is unknown stands in the raw slice."),
    ];

    public static IEnumerable<string> Entries => Leaves.Select(Name);

    public static string? Reason(string sample, string path) => Leaves.FirstOrDefault(leaf => Matches(leaf, sample, path)).Reason;

    public static IEnumerable<string> Matching(string sample, string path) => Leaves.Where(leaf => Matches(leaf, sample, path)).Select(Name);

    private static bool Matches((string Sample, string Path, string Reason) leaf, string sample, string path) =>
        (leaf.Sample == "*" || leaf.Sample == sample) && path.EndsWith(leaf.Path, StringComparison.Ordinal);

    private static string Name((string Sample, string Path, string Reason) leaf) => $"{leaf.Sample} {leaf.Path}";
}
