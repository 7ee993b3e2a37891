namespace WhatsSession.Architecture.Walls;

/// <summary>The order of the rooms in every project, from the ground up. A line is a floor; rooms in one line stand side by side and do not use each other.</summary>
/// <remarks>A room that is listed and does not exist yet is no fault. docs/architecture.md draws the same.</remarks>
internal static class Floors
{
    public static IReadOnlyList<House> All { get; } =
    [
        new House(
            "WhatsSession.Core",
            ["Json"],
            ["Identity"],
            ["Windows", "Calendars"],
            ["Errors"],
            ["Conversations"],
            ["Messages"],
            ["Orders"],
            ["Templates"],
            ["Consent"],
            ["Pricing"],
            ["Sending"]),

        new House(
            "WhatsSession.Graph",
            ["Wire"],
            ["Errors"],
            ["Transport"],
            ["Messages"],
            ["Media"],
            ["Templates"],
            ["QrCodes"],
            ["Numbers"],
            [House.Root]),

        new House(
            "WhatsSession.Webhooks",
            ["Signature"],
            ["Wire"],
            ["Events"],
            ["Reading"]),

        new House(
            "WhatsSession.Sdk",
            ["Time"],
            ["Storage"],
            ["Storage/InMemory"],
            ["Options"],
            ["Diagnostics"],
            ["Uploads"],
            ["TemplateCatalog"],
            ["Limits"],
            ["Consent"],
            ["Sending"],
            ["Alerts"],
            ["Lists"],
            ["Ownership", "Turns", "Sequences", "Bulk"],
            ["Costs"],
            ["MediaStore"],
            ["Clients"],
            ["Handling"],
            ["Sinks"],
            ["Accepting"],
            ["Hosting"]),

        new House(
            "WhatsSession.Emulator",
            ["Faults", "Http", "Numbers"],
            ["Clock", "Journal"],
            ["Media", "Templates"],
            ["Customers"],
            ["Webhooks"],
            ["Accounts"],
            ["Sending"],
            ["Acting", "Graph"],
            ["Control"],
            [House.Root]),

        new House("WhatsSession.AspNetCore", [House.Root]),
        new House("WhatsSession.Sqlite", [House.Root]),
        new House("WhatsSession.Testing", [House.Root]),
        new House("WhatsSession.Tool", ["CommandLine"], ["Emulate", "Replay"], [House.Root]),
    ];

    /// <summary>The floors of a project.</summary>
    /// <exception cref="KeyNotFoundException">It has none; the text says where they belong.</exception>
    public static House Of(string project) => All.SingleOrDefault(house => house.Project == project)
        ?? throw new KeyNotFoundException($"{project} is under src and has no floors. Add it to {nameof(Floors)} (tests/WhatsSession.Architecture/Walls/{nameof(Floors)}.cs) with its rooms from the ground up.");
}
