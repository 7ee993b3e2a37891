using System.Text.Json;
using WhatsSession.Emulator.Http;
using WhatsSession.Emulator.Media;
using WhatsSession.Emulator.Numbers;

namespace WhatsSession.Emulator.Graph;

/// <summary>Uploading, describing, fetching and deleting files.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media, 11 December 2025.</remarks>
internal sealed class MediaEdge(MediaStore files, NumberDirectory numbers)
{
    public GraphAnswer Upload(EmulatedNumber number, GraphRequest request)
    {
        if (MultipartForm.Parse(request.ContentType, request.Body) is not { } form)
        {
            return GraphError.Invalid("The body must be multipart/form-data with the parts 'messaging_product', 'type' and 'file'.");
        }

        if (form.Text("messaging_product") is not "whatsapp")
        {
            return GraphError.Invalid("The parameter 'messaging_product' is required and must be 'whatsapp'.");
        }

        if (form.File is not { } file)
        {
            return GraphError.Invalid("The parameter 'file' is required.");
        }

        var mimeType = form.Text("type") is { Length: > 0 } type ? type : file.MimeType;
        if (mimeType is null || MediaClass.OfMimeType(mimeType) is not { } kind)
        {
            return GraphError.Invalid($"Param 'file' must be a file with one of the following types: {MediaClass.AllMimeTypes}. It has type '{mimeType}'.");
        }

        var largest = kind.LargestOf(file.Bytes.Span);
        if (request.BodyTooLong || file.Bytes.Length > largest)
        {
            return GraphError.MediaUpload($"A file of class {kind.Type} has at most {largest} bytes.");
        }

        return GraphAnswer.Ok(files.AddUpload(number, mimeType, file.Bytes.ToArray()).Id, static (json, id) =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteEndObject();
        });
    }

    public StoredMedia? Find(string id) => files.Find(id);

    public GraphAnswer Answer(StoredMedia file, GraphRequest request)
    {
        if (request.Query("phone_number_id") is { } number && !string.Equals(number, file.Number.Id, StringComparison.Ordinal))
        {
            return GraphError.UnknownObject(request.Method, file.Id);
        }

        if (request.Is("GET"))
        {
            return GraphAnswer.Ok((file, url: files.UrlOf(file, request.BaseAddress)), static (json, s) => WriteFile(json, s.file, s.url));
        }

        return request.Is("DELETE") && files.Remove(file.Id) ? GraphAnswer.Success : GraphError.UnknownObject(request.Method, file.Id);
    }

    /// <summary>The file itself, to who bears the token of its number.</summary>
    public GraphAnswer Download(GraphRequest request, string token)
    {
        if (!numbers.KnowsToken(token))
        {
            return GraphError.BadToken;
        }

        return files.Follow(request.Query("mid"), request.Query("ext"), request.Query("hash")) is { } file
            && string.Equals(file.Number.AccessToken, token, StringComparison.Ordinal)
            ? new GraphAnswer { StatusCode = 200, Body = file.Bytes, ContentType = file.MimeType }
            : GraphError.UnknownObject(request.Method, request.Query("mid") ?? "") with { HttpStatus = 404 };
    }

    private static void WriteFile(Utf8JsonWriter json, StoredMedia file, Uri url)
    {
        json.WriteStartObject();
        json.WriteString("messaging_product", "whatsapp");
        json.WriteString("url", url.AbsoluteUri);
        json.WriteString("mime_type", file.MimeType);
        json.WriteString("sha256", Convert.ToHexString(file.Sha256).ToLowerInvariant());
        json.WriteNumber("file_size", file.Bytes.Length);
        json.WriteString("id", file.Id);
        json.WriteEndObject();
    }
}
