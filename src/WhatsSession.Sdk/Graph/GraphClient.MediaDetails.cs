namespace WhatsSession;

public sealed partial class GraphClient
{
    /// <summary>Asks what a medium is and where: <c>GET /{version}/{media-id}</c>.</summary>
    /// <param name="number">The business number that received or uploaded it.</param>
    /// <param name="mediaId">Meta's id of it.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<MediaDetails> GetMediaAsync(PhoneNumberId number, string mediaId, string accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(mediaId);
        ArgumentException.ThrowIfNullOrEmpty(accessToken);
        return GetDetailsAsync(number, mediaId, "Bearer " + accessToken, cancellationToken);
    }

    /// <summary>Deletes a medium: <c>DELETE /{version}/{media-id}</c>.</summary>
    /// <param name="number">The business number that received or uploaded it.</param>
    /// <param name="mediaId">Meta's id of it.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> DeleteMediaAsync(PhoneNumberId number, string mediaId, string accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(mediaId);
        ArgumentException.ThrowIfNullOrEmpty(accessToken);
        return DeleteAsync(number, mediaId, "Bearer " + accessToken, cancellationToken);
    }

    internal async Task<MediaDetails> GetDetailsAsync(PhoneNumberId number, string mediaId, string authorization, CancellationToken cancellationToken)
    {
        var (answer, error) = await AskAsync(NewRequest(HttpMethod.Get, AddressOf(number, mediaId), authorization), TokenOf(authorization), cancellationToken).ConfigureAwait(false);
        return answer?.Details is { Address: not null } details
            ? details
            : new MediaDetails { Error = error ?? Failure("Meta's answer names no address of the medium", GraphErrorCategory.Unknown) };
    }

    internal async Task<GraphResult> DeleteAsync(PhoneNumberId number, string mediaId, string authorization, CancellationToken cancellationToken)
    {
        var (answer, error) = await AskAsync(NewRequest(HttpMethod.Delete, AddressOf(number, mediaId), authorization), TokenOf(authorization), cancellationToken).ConfigureAwait(false);
        return answer is { IsConfirmed: true }
            ? GraphResult.Success
            : new GraphResult { Error = error ?? Failure("Meta's answer does not confirm it", GraphErrorCategory.Unknown) };
    }

    private static string TokenOf(string authorization) => authorization["Bearer ".Length..];

    private Uri AddressOf(PhoneNumberId number, string mediaId) => _options.Resolve($"{Uri.EscapeDataString(mediaId)}?phone_number_id={number.Value}");
}
