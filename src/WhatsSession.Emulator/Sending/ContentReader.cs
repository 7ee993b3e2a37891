using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Media;
using WhatsSession.Emulator.Templates;

namespace WhatsSession.Emulator.Sending;

/// <summary>Reads and checks the content of a message: free-form, or a template of the account.</summary>
internal sealed class ContentReader(TemplateStore templates, MediaStore files)
{
    /// <returns>The content; worth something only while the reader of fields has no error.</returns>
    public MessageContent Read(in SendRequest request, FieldReader fields)
    {
        var media = new MediaRules(files, request.Number);
        if (!request.Envelope.IsTemplate)
        {
            return new(null, ContentRules.Check(request.Root, request.Envelope.Type, media, fields), media.Failure);
        }

        var (template, text) = new TemplateRules(media, fields).Check(request.Root, templates, request.Number.BusinessAccountId);
        return new(template, text, media.Failure);
    }
}
