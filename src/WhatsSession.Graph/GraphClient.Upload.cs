using System.Globalization;
using System.Net.Http.Headers;
using WhatsSession.Media;
using WhatsSession.Wire;

namespace WhatsSession;

public sealed partial class GraphClient
{
    private readonly HttpClient _uploads;

    /// <summary>Makes a client that uploads through another <see cref="HttpClient"/>: one without a time-out of its own, so that a large file may take its time.</summary>
    /// <param name="httpClient">Used for every other request; its base address and default headers are not touched.</param>
    /// <param name="uploads">Used for uploads. An upload is given up when nothing moves for <see cref="GraphClientOptions.Patience"/>.</param>
    /// <param name="options">Where the API is.</param>
    public GraphClient(HttpClient httpClient, HttpClient uploads, GraphClientOptions options)
        : this(httpClient, options)
    {
        ArgumentNullException.ThrowIfNull(uploads);
        _uploads = uploads;
    }

    /// <summary>A connection on which nothing moves for so long is broken. A whole upload or download may take much longer.</summary>
    private TimeSpan Patience => _options.Patience ?? _http.Timeout;

    /// <summary>Uploads a medium: <c>POST /{version}/{phone-number-id}/media</c>. Type and size are not checked, but by <see cref="MediaUploadOptions.Check"/>.</summary>
    /// <param name="number">The business number it will be sent from.</param>
    /// <param name="content">The content, from its position to its end. It is not kept in memory and not closed. One that cannot seek goes out in chunks, without a length.</param>
    /// <param name="mimeType">Its MIME type, such as <c>application/pdf</c>.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <exception cref="FormatException"><paramref name="mimeType"/> is not one.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MediaUpload> UploadMediaAsync(PhoneNumberId number, Stream content, string mimeType, AccessToken accessToken, CancellationToken cancellationToken = default) =>
        UploadMediaAsync(number, content, mimeType, accessToken, MediaUploadOptions.Default, cancellationToken);

    /// <summary>Uploads a medium as <see cref="UploadMediaAsync(PhoneNumberId, Stream, string, AccessToken, CancellationToken)"/> does, with options.</summary>
    /// <param name="number">The business number it will be sent from.</param>
    /// <param name="content">The content, from its position to its end. It is not kept in memory and not closed. One that cannot seek goes out in chunks, without a length.</param>
    /// <param name="mimeType">Its MIME type, such as <c>application/pdf</c>.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Ends the upload. The time-out of the <see cref="HttpClient"/> does too, and counts from the beginning.</param>
    /// <exception cref="FormatException"><paramref name="mimeType"/> is not one.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MediaUpload> UploadMediaAsync(PhoneNumberId number, Stream content, string mimeType, AccessToken accessToken, MediaUploadOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(accessToken);
        ArgumentNullException.ThrowIfNull(options);
        return UploadAsync(number, content, mimeType, options, accessToken.Bearer, cancellationToken);
    }

    private async Task<MediaUpload> UploadAsync(PhoneNumberId number, Stream content, string mimeType, MediaUploadOptions options, string authorization, CancellationToken cancellationToken)
    {
        var type = MediaTypeHeaderValue.Parse(mimeType);
        using var file = new StreamedContent(content, content.CanSeek ? content.Length - content.Position : null)
        {
            Check = options.Check,
            Progress = options.Progress,
            Headers = { ContentType = type },
        };
        var request = NewRequest(HttpMethod.Post, _options.Resolve(number.Value + "/media"), authorization);
        request.Content = NewForm(file, mimeType, options);
        var answer = await AskAsync(request, authorization, file, cancellationToken).ConfigureAwait(false);
        return answer.Error is null && MediaAnswer.Read(answer.Body).Id is { } id ? new MediaUpload { MediaId = id, Length = file.Sent, Sha256 = file.Digest }
            : file.Problem is { } problem ? MediaUpload.Refused([problem])
            : new MediaUpload { Error = ErrorIn(answer, authorization, "names no id of the medium"), RetryAfter = answer.RetryAfter };
    }

    private static MultipartFormDataContent NewForm(StreamedContent file, string mimeType, MediaUploadOptions options)
    {
        var boundary = "----WhatsSession" + Guid.NewGuid().ToString("n");
        var form = new MultipartFormDataContent(boundary);
        form.Headers.ContentType = new MediaTypeHeaderValue("multipart/form-data") { Parameters = { new NameValueHeaderValue("boundary", boundary) } };
        Add("messaging_product", "whatsapp");
        Add("type", mimeType);
        if (options.TtlMinutes is { } minutes)
        {
            Add("ttl_minutes", minutes.ToString(CultureInfo.InvariantCulture));
        }

        // Not the file's own name, which may be personal and stays with the id for all who get it; a document message has a name of its own.
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileName = "\"media\"" };
        form.Add(file);
        return form;

        void Add(string name, string value)
        {
            var text = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(value));
            text.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"" };
            form.Add(text);
        }
    }
}
