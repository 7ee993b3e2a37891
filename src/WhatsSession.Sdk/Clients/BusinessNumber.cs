using NodaTime;
using WhatsSession.Clients;
using WhatsSession.Options;
using WhatsSession.Sending;

namespace WhatsSession;

/// <summary>A business number. It gives you the number's conversations, templates, media and QR codes. It is a handle and holds no state.</summary>
/// <remarks>Thread safe and cheap to make.</remarks>
public sealed class BusinessNumber
{
    // Entries that a store takes in one transaction.
    private const int ImportBatch = 500;

    private readonly NumberSettings _number;
    private readonly ClientParts _parts;

    internal BusinessNumber(NumberSettings number, ClientParts parts)
    {
        _number = number;
        _parts = parts;
    }

    /// <summary>The name it has in the options.</summary>
    public string Name => _number.Name;

    /// <summary>Meta's id of the number.</summary>
    public PhoneNumberId Id => _number.Id;

    /// <summary>The templates of the number's WhatsApp Business Account, which must be in the options.</summary>
    public BusinessTemplates Templates => new(_number, _parts.Graph);

    /// <summary>The QR codes and short links that open a chat with the number.</summary>
    public BusinessQrCodes QrCodes => new(_number, _parts.Graph);

    /// <summary>The conversation with a customer.</summary>
    /// <param name="customer">A phone number in international form, or a business-scoped user id.</param>
    /// <exception cref="FormatException"><paramref name="customer"/> is neither; see <see cref="CustomerId.Parse"/>.</exception>
    public Conversation Conversation(string customer) => Conversation(CustomerId.Parse(customer));

    /// <summary>The conversation with a customer.</summary>
    /// <exception cref="ArgumentException"><paramref name="customer"/> is <c>default</c>.</exception>
    public Conversation Conversation(CustomerId customer) => new(new ConversationKey(_number.Id, customer), _number, _parts);

    /// <summary>The conversation with a group.</summary>
    /// <exception cref="FormatException"><paramref name="group"/> is no group id; see <see cref="GroupId.Parse"/>.</exception>
    public Conversation Group(string group) => Group(GroupId.Parse(group));

    /// <summary>The conversation with a group.</summary>
    /// <exception cref="ArgumentException"><paramref name="group"/> is <c>default</c>.</exception>
    public Conversation Group(GroupId group) => new(new ConversationKey(_number.Id, group), _number, _parts);

    /// <summary>
    /// Imports the times at which customers wrote, from a system that was used before. After that the windows of these customers are known, held messages are
    /// sent, and windows that are still open raise their alerts. Message handlers are not called, and nothing is added to the history.
    /// </summary>
    /// <param name="messages">
    /// Customers, each with the time of a message, in any order. If a customer has several entries, the latest counts. A time in the future counts as at most
    /// five minutes from now. A time before 1970 counts as 1970.
    /// </param>
    /// <param name="cancellationToken">Ends the import. What was imported stays; importing it again does no harm.</param>
    /// <returns>How many entries were imported.</returns>
    /// <exception cref="ArgumentException">An entry names no customer.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<int> ImportCustomerMessagesAsync(
        IAsyncEnumerable<(CustomerId Customer, Instant At)> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var count = 0;
        var batch = new List<(ConversationKey, ConversationState)>(ImportBatch);
        await foreach (var (customer, at) in messages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            batch.Add((new ConversationKey(_number.Id, customer), _parts.InboundAt(at)));
            if (batch.Count == ImportBatch)
            {
                await _parts.Conversations.JoinAsync(batch, _parts.Latest, cancellationToken).ConfigureAwait(false);
                count += batch.Count;
                batch.Clear();
            }
        }

        await _parts.Conversations.JoinAsync(batch, _parts.Latest, cancellationToken).ConfigureAwait(false);
        return count + batch.Count;
    }

    /// <summary>
    /// Uploads a medium, so that you can send it later or several times with <see cref="MediaSource.FromId"/>. Its type and size are checked first.
    /// </summary>
    /// <param name="content">The content, read from its current position to its end. It is not kept in memory, and the stream is not closed.</param>
    /// <param name="mimeType">Its MIME type, one that <see cref="MediaKind"/> lists.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <returns>The result of the upload.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MediaUpload> UploadMediaAsync(Stream content, string mimeType, CancellationToken cancellationToken = default) =>
        UploadMediaAsync(content, mimeType, new MediaUploadOptions(), cancellationToken);

    /// <summary>Uploads a medium as <see cref="UploadMediaAsync(Stream, string, CancellationToken)"/> does, with options.</summary>
    /// <param name="content">The content, read from its current position to its end. It is not kept in memory, and the stream is not closed.</param>
    /// <param name="mimeType">Its MIME type, one that <see cref="MediaKind"/> lists.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <returns>The result of the upload.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MediaUpload> UploadMediaAsync(Stream content, string mimeType, MediaUploadOptions options, CancellationToken cancellationToken = default) =>
        _parts.Uploads.UploadAsync(_number, content, mimeType, options, cancellationToken);

    /// <summary>
    /// Uploads a file of this machine, so that you can send it later or several times with <see cref="MediaSource.FromId"/>. Its type and size are checked
    /// first.
    /// </summary>
    /// <param name="path">The path of the file. The MIME type is taken from the file's extension.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <returns>The result of the upload. If the file does not exist, or Meta does not accept its type, see <see cref="MediaUpload.Violations"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MediaUpload> UploadMediaAsync(string path, CancellationToken cancellationToken = default) =>
        _parts.Uploads.UploadAsync(_number, path, cancellationToken);

    /// <summary>Gets the type, size and download address of a medium.</summary>
    /// <param name="mediaId">Meta's id of it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MediaDetails> GetMediaAsync(string mediaId, CancellationToken cancellationToken = default) =>
        _parts.Uploads.GetAsync(_number, mediaId, cancellationToken);

    /// <summary>Downloads a medium in pieces. Meta keeps received media for 7 days and uploaded media for 30 days.</summary>
    /// <param name="mediaId">Meta's id of it.</param>
    /// <param name="destination">
    /// The stream that the content is written to. It is written before the checksum is known: use the content only when the download succeeded.
    /// </param>
    /// <param name="cancellationToken">Ends the download.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MediaDownload> DownloadMediaAsync(string mediaId, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(mediaId);
        return _parts.Graph.Media.DownloadAsync(new MediaLocation(Id, mediaId, Address: null, Sha256: null), destination, _number.Token, cancellationToken);
    }

    /// <summary>Deletes a medium at Meta.</summary>
    /// <param name="mediaId">Meta's id of it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> DeleteMediaAsync(string mediaId, CancellationToken cancellationToken = default) =>
        _parts.Uploads.DeleteAsync(_number, mediaId, cancellationToken);

    /// <summary>Uploads a sample for the header of a template, with the token of this number. See <see cref="GraphMedia.UploadSampleAsync"/>.</summary>
    /// <param name="appId">Meta's id of the app: digits.</param>
    /// <param name="content">The content, read from its current position to its end. The stream must be able to seek. It is not closed.</param>
    /// <param name="fileName">A name for the file.</param>
    /// <param name="mimeType">Its MIME type.</param>
    /// <param name="cancellationToken">Ends the upload.</param>
    /// <exception cref="ArgumentException"><paramref name="appId"/> is not an id, or <paramref name="content"/> cannot seek.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SampleUpload> UploadSampleAsync(
        string appId, Stream content, string fileName, string mimeType, CancellationToken cancellationToken = default) =>
        _parts.Uploads.UploadSampleAsync(_number, appId, content, fileName, mimeType, cancellationToken);

    internal Task<MediaDownload> DownloadAsync(MediaReceived media, Stream destination, CancellationToken cancellationToken) =>
        _parts.Graph.Media.DownloadAsync(new MediaLocation(Id, media.MediaId, media.Url, media.Sha256), destination, _number.Token, cancellationToken);

    /// <summary>The conversation of a key that belongs to this number.</summary>
    internal Conversation Conversation(ConversationKey key) => new(key, _number, _parts);

    /// <summary>
    /// The conversation for a handler. What is sent through it counts as written by a bot, unless the options of the send name another author.
    /// </summary>
    internal Conversation ConversationInHandler(ConversationKey key, HandledEvent handled) => new(key, _number, _parts, SendOptions.InHandler, handled);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
