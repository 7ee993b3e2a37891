using System.Runtime.CompilerServices;

namespace WhatsSession.Emulator.Templates;

/// <summary>A message template of an account, as it is at a moment. The store replaces it on every change.</summary>
internal sealed record Template
{
    /// <summary>Given by the store.</summary>
    public string Id { get; init; } = "";

    public required string AccountId { get; init; }

    public required string Name { get; init; }

    public required string Language { get; init; }

    public required string Category { get; init; }

    public required string Status { get; init; }

    public required TemplateShape Shape { get; init; }

    public string RejectedReason { get; init; } = "NONE";

    /// <summary>For how long a message is tried to be delivered; null for the default of the category.</summary>
    public int? TtlSeconds { get; init; }

    /// <summary>When the latest edit of the approved template was made.</summary>
    public IReadOnlyList<DateTimeOffset> Edits { get; init; } = [];

    /// <summary>How often it was sent, for comparisons.</summary>
    public StrongBox<int> Sends { get; init; } = new();

    public bool Is(string name, string language) =>
        string.Equals(Name, name, StringComparison.Ordinal) && string.Equals(Language, language, StringComparison.Ordinal);
}
