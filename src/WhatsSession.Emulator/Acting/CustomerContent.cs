using System.Text.Json;
using WhatsSession.Emulator.Media;

namespace WhatsSession.Emulator.Acting;

/// <summary>Writes the contents of customers' messages: the property named as the type, and what else belongs to the message.</summary>
internal static class CustomerContent
{
    public static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject("text");
        json.WriteString("body", text);
        json.WriteEndObject();
    }

    public static void WriteMedia(Utf8JsonWriter json, CustomerMedia media, StoredMedia file, Uri url)
    {
        json.WriteStartObject(media.Type);
        json.WriteString("id", file.Id);
        json.WriteString("mime_type", media.MimeType);
        json.WriteString("sha256", Convert.ToBase64String(file.Sha256));
        json.WriteString("url", url.AbsoluteUri);
        if (media.FileName is not null)
        {
            json.WriteString("filename", media.FileName);
        }

        if (media.Type is "audio")
        {
            json.WriteBoolean("voice", media.IsVoice);
        }

        if (media.Type is "sticker")
        {
            json.WriteBoolean("animated", value: false);
        }

        if (!string.IsNullOrEmpty(media.Caption))
        {
            json.WriteString("caption", media.Caption);
        }

        json.WriteEndObject();
    }

    public static void WriteLocation(Utf8JsonWriter json, CustomerLocation location)
    {
        json.WriteStartObject("location");
        json.WriteNumber("latitude", location.Latitude);
        json.WriteNumber("longitude", location.Longitude);
        if (location.Name is not null)
        {
            json.WriteString("name", location.Name);
        }

        if (location.Address is not null)
        {
            json.WriteString("address", location.Address);
        }

        json.WriteEndObject();
    }

    public static void WriteReferral(Utf8JsonWriter json, CustomerAd ad)
    {
        json.WriteStartObject("referral");
        json.WriteString("source_url", "https://fb.example.test/ads/" + ad.SourceId);
        json.WriteString("source_id", ad.SourceId);
        json.WriteString("source_type", "ad");
        json.WriteString("headline", ad.Headline);
        if (ad.ClickId is not null)
        {
            json.WriteString("ctwa_clid", ad.ClickId);
        }

        json.WriteEndObject();
    }

    public static void WriteFlow(Utf8JsonWriter json, string responseJson)
    {
        json.WriteStartObject("interactive");
        json.WriteString("type", "nfm_reply");
        json.WriteStartObject("nfm_reply");
        json.WriteString("name", "flow");
        json.WriteString("body", "Sent");
        json.WriteString("response_json", responseJson);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <param name="json">Where to.</param>
    /// <param name="messageId">The message reacted to.</param>
    /// <param name="emoji">Empty for a reaction that is taken back.</param>
    public static void WriteReaction(Utf8JsonWriter json, string messageId, string emoji)
    {
        json.WriteStartObject("reaction");
        json.WriteString("message_id", messageId);
        if (emoji.Length > 0)
        {
            json.WriteString("emoji", emoji);
        }

        json.WriteEndObject();
    }

    public static void WriteContact(Utf8JsonWriter json, string name, string phone)
    {
        json.WriteStartArray("contacts");
        json.WriteStartObject();
        json.WriteStartObject("name");
        json.WriteString("formatted_name", name);
        json.WriteString("first_name", name);
        json.WriteEndObject();
        json.WriteString("origin", "other");
        json.WriteStartArray("phones");
        json.WriteStartObject();
        json.WriteString("phone", phone);
        json.WriteString("type", "CELL");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("vcard", $"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTEL;type=CELL:{phone}\nEND:VCARD");
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
