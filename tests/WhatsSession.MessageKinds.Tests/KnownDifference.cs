using System.Text.RegularExpressions;

namespace WhatsSession.MessageKinds.Tests;

/// <summary>Where a client writes something else than the SDK, and why the SDK stays with what it writes.</summary>
/// <param name="Package">The client.</param>
/// <param name="Pattern">A regular expression of the difference as the test finds it.</param>
/// <param name="Reason">Why the SDK is right, by Meta's documents.</param>
internal sealed record KnownDifference(string Package, string Pattern, string Reason)
{
    private const string Kapso = "@kapso/whatsapp-cloud-api";
    private const string ApiJs = "whatsapp-api-js";
    private const string Coordinate = "Meta takes coordinates as texts or numbers; its documents show texts.";

    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        new(Kapso, """location\.(latitude|longitude): "[\d.]+", not [\d.]+""", Coordinate),
        new(Kapso, """interactive\.action\.parameters: absent, not \{"request_message":".*"\}""", "A location request has no parameters: `action` is `{name:\"send_location\"}`."),
        new(Kapso, """interactive\.action\.parameters: absent, not \{"phone_number":".*"\}""", "A call permission request has no parameters: `action` is `{name:\"call_permission_request\"}`."),
        new(Kapso, """.*\.currency\.(amount1000: absent, not 1230|amount_1000: 1230, not absent)""", "Meta's name is `amount_1000`; the client's conversion of names loses the underscore."),
        new(ApiJs, """.*location\.(latitude|longitude): "[\d.]+", not [\d.]+""", Coordinate),
        new(ApiJs, "contacts as a text", "The client posts the array as a text; Meta's documents show an array. What is in it is the same."),
        new(ApiJs, """interactive\.action\.parameters\.mode: absent, not "published[\u0022]""", "`published` is Meta's default."),
        new(ApiJs, """template\.language\.policy: absent, not "deterministic[\u0022]""", "`deterministic` is the only policy, so leaving it out means the same."),
        new(ApiJs, """.*\.index: "\d", not \d""", "Meta's examples have texts and numbers; the SDK writes texts."),
        new(ApiJs, """template\.components\[\]\.sub_type: "CATALOG", not "catalog[\u0022]""", "Meta documents this one in capitals."),
        new(ApiJs, """.*\.tap_target_configuration: \[.*\], not \{.*\}""", "Meta's documents show an array."),
    ];

    public bool Explains(string package, string difference) => package == Package && Regex.IsMatch(difference, $"^{Pattern}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
