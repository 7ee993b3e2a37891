using WhatsSession.Options;

namespace WhatsSession;

/// <summary>
/// The QR codes and short links that open a chat with a business number. They are chat links, not a device login: nothing is linked or signed in. This is a
/// handle and holds no state.
/// </summary>
/// <remarks>Thread safe and cheap to make. Failures are returned, not thrown.</remarks>
public sealed class BusinessQrCodes
{
    private readonly NumberSettings _number;
    private readonly GraphClient _graph;

    internal BusinessQrCodes(NumberSettings number, GraphClient graph)
    {
        _number = number;
        _graph = graph;
    }

    /// <summary>
    /// Creates a QR code and short link. A number has at most 2,000. A text of the wrong length is not sent to Meta; the result has an error that says so.
    /// </summary>
    /// <param name="prefilledMessage">The text that is already typed when the customer opens the chat: 1 to 140 characters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult<QrCode>> CreateAsync(string prefilledMessage, CancellationToken cancellationToken = default) =>
        Refusal(prefilledMessage) is { } refusal
            ? Task.FromResult(refusal)
            : _graph.QrCodes.CreateAsync(_number.Id, prefilledMessage, _number.Token, cancellationToken);

    /// <summary>
    /// Creates a QR code and short link, and an image of the QR code. A text of the wrong length is not sent to Meta; the result has an error that says so.
    /// </summary>
    /// <param name="prefilledMessage">The text that is already typed when the customer opens the chat: 1 to 140 characters.</param>
    /// <param name="image">The format of the image.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult<QrCode>> CreateAsync(string prefilledMessage, QrImageFormat image, CancellationToken cancellationToken = default) =>
        Refusal(prefilledMessage) is { } refusal
            ? Task.FromResult(refusal)
            : _graph.QrCodes.CreateAsync(_number.Id, prefilledMessage, image, _number.Token, cancellationToken);

    /// <summary>
    /// Changes the text of a QR code. Printed copies of the code still work. A text of the wrong length is not sent to Meta; the result has an error that says
    /// so.
    /// </summary>
    /// <param name="code">Meta's id of the QR code.</param>
    /// <param name="prefilledMessage">The text that is already typed when the customer opens the chat: 1 to 140 characters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException"><paramref name="code"/> is not the id of a QR code, which has only letters and digits.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult<QrCode>> UpdateAsync(string code, string prefilledMessage, CancellationToken cancellationToken = default) =>
        Refusal(prefilledMessage) is { } refusal
            ? Task.FromResult(refusal)
            : _graph.QrCodes.UpdateAsync(_number.Id, code, prefilledMessage, _number.Token, cancellationToken);

    /// <summary>Lists the QR codes of the number. Each page is requested when the enumeration reaches it.</summary>
    /// <param name="cancellationToken">Ends the list.</param>
    /// <exception cref="GraphErrorException">While reading: Meta refused a request, or could not be reached.</exception>
    /// <exception cref="OperationCanceledException">While reading: the token was cancelled.</exception>
    public IAsyncEnumerable<QrCode> ListAsync(CancellationToken cancellationToken = default) =>
        _graph.QrCodes.ListAsync(_number.Id, _number.Token, cancellationToken);

    /// <summary>Reads one QR code.</summary>
    /// <param name="code">Meta's id of the QR code.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException"><paramref name="code"/> is not the id of a QR code, which has only letters and digits.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult<QrCode>> GetAsync(string code, CancellationToken cancellationToken = default) =>
        _graph.QrCodes.GetAsync(_number.Id, code, _number.Token, cancellationToken);

    /// <summary>Deletes a QR code. Printed copies of the code no longer open a chat.</summary>
    /// <param name="code">Meta's id of the QR code.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException"><paramref name="code"/> is not the id of a QR code, which has only letters and digits.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> DeleteAsync(string code, CancellationToken cancellationToken = default) =>
        _graph.QrCodes.DeleteAsync(_number.Id, code, _number.Token, cancellationToken);

    private static GraphResult<QrCode>? Refusal(string prefilledMessage)
    {
        ArgumentNullException.ThrowIfNull(prefilledMessage);
        return QrCode.Check(prefilledMessage) is { Count: > 0 } violations ? GraphResult.NotSent<QrCode>(violations) : null;
    }
}
