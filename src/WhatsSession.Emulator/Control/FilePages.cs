using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Media;

namespace WhatsSession.Emulator.Control;

/// <summary>The files of chats, for the page.</summary>
internal sealed class FilePages(MediaStore files)
{
    public GraphAnswer Get(string id, string path)
    {
        if (files.Find(id) is not { } file)
        {
            return GraphError.UnknownPath(path) with { HttpStatus = 404 };
        }

        var isKnown = MediaClass.OfMimeType(file.MimeType) is not null;
        return new() { StatusCode = 200, Body = file.Bytes, ContentType = isKnown ? file.MimeType : "application/octet-stream" };
    }
}
