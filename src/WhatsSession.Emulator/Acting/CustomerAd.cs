using System.Text.Json;

namespace WhatsSession.Emulator;

/// <summary>An advertisement that leads to a chat with the business.</summary>
public sealed record CustomerAd
{
    /// <summary>The advertisement's id.</summary>
    public required string SourceId { get; init; }

    /// <summary>The advertisement's headline.</summary>
    public required string Headline { get; init; }

    /// <summary>The click's id; advertisements in a WhatsApp status have none.</summary>
    /// <value>Default <see langword="null"/>: none.</value>
    public string? ClickId { get; init; }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("referral");
        json.WriteString("source_url", "https://fb.example.test/ads/" + SourceId);
        json.WriteString("source_id", SourceId);
        json.WriteString("source_type", "ad");
        json.WriteString("headline", Headline);
        if (ClickId is not null)
        {
            json.WriteString("ctwa_clid", ClickId);
        }

        json.WriteEndObject();
    }
}
