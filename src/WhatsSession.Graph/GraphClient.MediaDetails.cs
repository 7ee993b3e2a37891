using WhatsSession.Media;

namespace WhatsSession;

public sealed partial class GraphClient
{
    /// <summary>Asks what a medium is and where: <c>GET /{version}/{media-id}</c>.</summary>
    /// <param name="number">The business number that received or uploaded it.</param>
    /// <param name="mediaId">Meta's id of it.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MediaDetails> GetMediaAsync(PhoneNumberId number, string mediaId, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(mediaId);
        ArgumentNullException.ThrowIfNull(accessToken);
        return GetDetailsAsync(number, mediaId, accessToken.Bearer, cancellationToken);
    }

    /// <summary>Deletes a medium: <c>DELETE /{version}/{media-id}</c>.</summary>
    /// <param name="number">The business number that received or uploaded it.</param>
    /// <param name="mediaId">Meta's id of it.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> DeleteMediaAsync(PhoneNumberId number, string mediaId, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(mediaId);
        ArgumentNullException.ThrowIfNull(accessToken);
        return DoAsync(HttpMethod.Delete, PathOf(number, mediaId), write: null, accessToken, cancellationToken);
    }

    private async Task<MediaDetails> GetDetailsAsync(PhoneNumberId number, string mediaId, string authorization, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(NewRequest(HttpMethod.Get, _options.Resolve(PathOf(number, mediaId)), authorization), authorization, file: null, cancellationToken).ConfigureAwait(false);
        return answer.Error is null && MediaAnswer.Read(answer.Body).Details is { Address: not null } details
            ? details
            : new MediaDetails { Error = ErrorIn(answer, authorization, "names no address of the medium") };
    }

    private static string PathOf(PhoneNumberId number, string mediaId) => $"{Uri.EscapeDataString(mediaId)}?phone_number_id={number.Value}";
}
