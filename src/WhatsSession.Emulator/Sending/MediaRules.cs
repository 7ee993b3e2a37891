using System.Text.Json;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Media;

namespace WhatsSession.Emulator.Sending;

/// <summary>What Meta checks in media that a message carries: by uploaded id or by link, never both.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/messages, read 10 March 2026.</remarks>
internal sealed class MediaRules(MediaStore files, EmulatedNumber number)
{
    /// <summary>Why the message will fail after having been accepted: its file is of another kind than the message.</summary>
    public GraphError? Failure { get; private set; }

    public void Check(JsonElement media, string type, FieldReader fields)
    {
        var id = fields.OptionalText(media, "id", FieldReader.AnyLength);
        var hasId = !string.IsNullOrEmpty(id);
        var link = fields.OptionalText(media, "link", FieldReader.AnyLength);
        var hasLink = !string.IsNullOrEmpty(link);
        fields.RequireGiven(hasId || hasLink, "id or link");
        fields.Require(!hasId || !hasLink, GraphError.Invalid("Give 'id' or 'link', not both."));
        fields.Require(
            !hasLink || (Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")),
            GraphError.BadValue("'link' is not an http or https URL."));
        if (fields.Error is null && hasId)
        {
            var isVoice = media.TryGetProperty("voice", out var voice) && voice.ValueKind == JsonValueKind.True;
            CheckFile(files.Find(id!), type, isVoice, fields);
        }
    }

    private void CheckFile(StoredMedia? file, string type, bool isVoice, FieldReader fields)
    {
        if (file is null || file.Number != number)
        {
            fields.Refuse(GraphError.BadValue("The media id is unknown, expired, or belongs to another phone number."));
            return;
        }

        if (!string.Equals(MediaClass.OfMimeType(file.MimeType)?.Type, type, StringComparison.Ordinal))
        {
            Failure ??= GraphError.MediaUpload($"A message of type '{type}' cannot carry a file of type '{file.MimeType}'.");
        }
        else if (isVoice && MediaClass.Bare(file.MimeType) is not "audio/ogg")
        {
            Failure ??= GraphError.MediaUpload($"A voice note is a file of type 'audio/ogg', not '{file.MimeType}'.");
        }
    }
}
