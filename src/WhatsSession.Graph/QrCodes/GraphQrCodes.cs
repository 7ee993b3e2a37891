using System.Text.Json;
using WhatsSession.QrCodes;
using WhatsSession.Transport;
using WhatsSession.Wire;

namespace WhatsSession;

/// <summary>QR codes and short links: <c>/{phone-number-id}/message_qrdls</c>.</summary>
/// <remarks>Thread safe. Each call brings its own token.</remarks>
public sealed class GraphQrCodes
{
    private readonly GraphTransport _transport;

    internal GraphQrCodes(GraphTransport transport) => _transport = transport;

    /// <summary>Creates a QR code and short link that open a chat with the number. A number has at most 2,000.</summary>
    /// <param name="number">The business number.</param>
    /// <param name="prefilledMessage">The text that is already typed when the customer opens the chat: 1 to 140 characters.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult<QrCode>> CreateAsync(
        PhoneNumberId number, string prefilledMessage, AccessToken accessToken, CancellationToken cancellationToken = default) =>
        SaveAsync(number, code: null, prefilledMessage, image: null, accessToken, cancellationToken);

    /// <summary>Creates a QR code and short link, and an image of the QR code.</summary>
    /// <param name="number">The business number.</param>
    /// <param name="prefilledMessage">The text that is already typed when the customer opens the chat: 1 to 140 characters.</param>
    /// <param name="image">The format of the image.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult<QrCode>> CreateAsync(
        PhoneNumberId number, string prefilledMessage, QrImageFormat image, AccessToken accessToken, CancellationToken cancellationToken = default) =>
        SaveAsync(number, code: null, prefilledMessage, image, accessToken, cancellationToken);

    /// <summary>Changes the text of a QR code. Printed copies of the code still work.</summary>
    /// <param name="number">The business number.</param>
    /// <param name="code">Meta's id of the QR code.</param>
    /// <param name="prefilledMessage">The text that is already typed when the customer opens the chat: 1 to 140 characters.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException"><paramref name="code"/> is not the id of a QR code, which has only letters and digits.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult<QrCode>> UpdateAsync(
        PhoneNumberId number, string code, string prefilledMessage, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        ThrowIfNoCode(code);
        return SaveAsync(number, code, prefilledMessage, image: null, accessToken, cancellationToken);
    }

    /// <summary>Lists the QR codes of a number. Each page is requested when the enumeration reaches it.</summary>
    /// <param name="number">The business number.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    /// <exception cref="GraphErrorException">While reading: Meta refused a request, or could not be reached.</exception>
    /// <exception cref="OperationCanceledException">While reading: the token was cancelled.</exception>
    public IAsyncEnumerable<QrCode> ListAsync(PhoneNumberId number, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        Ids.ThrowIfNone(number);
        ArgumentNullException.ThrowIfNull(accessToken);
        return _transport.ListAsync($"{number.Value}/message_qrdls", [], QrCodeReader.ReadPage, code => code.Code, accessToken, cancellationToken);
    }

    /// <summary>Reads one QR code.</summary>
    /// <param name="number">The business number.</param>
    /// <param name="code">Meta's id of the QR code.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException"><paramref name="code"/> is not the id of a QR code, which has only letters and digits.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult<QrCode>> GetAsync(PhoneNumberId number, string code, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        Ids.ThrowIfNone(number);
        ThrowIfNoCode(code);
        ArgumentNullException.ThrowIfNull(accessToken);
        return _transport.AskAsync(HttpMethod.Get, $"{number.Value}/message_qrdls/{code}", write: null, QrCodeReader.ReadOne, accessToken, cancellationToken);
    }

    /// <summary>Deletes a QR code. Printed copies of the code no longer open a chat.</summary>
    /// <param name="number">The business number.</param>
    /// <param name="code">Meta's id of the QR code.</param>
    /// <param name="accessToken">The token of the business number.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException"><paramref name="code"/> is not the id of a QR code, which has only letters and digits.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<GraphResult> DeleteAsync(PhoneNumberId number, string code, AccessToken accessToken, CancellationToken cancellationToken = default)
    {
        Ids.ThrowIfNone(number);
        ThrowIfNoCode(code);
        ArgumentNullException.ThrowIfNull(accessToken);
        return _transport.DoAsync(HttpMethod.Delete, $"{number.Value}/message_qrdls/{code}", write: null, accessToken, cancellationToken);
    }

    private Task<GraphResult<QrCode>> SaveAsync(
        PhoneNumberId number, string? code, string prefilledMessage, QrImageFormat? image, AccessToken accessToken, CancellationToken cancellationToken)
    {
        Ids.ThrowIfNone(number);
        ArgumentNullException.ThrowIfNull(prefilledMessage);
        ArgumentNullException.ThrowIfNull(accessToken);
        return _transport.AskAsync(HttpMethod.Post, $"{number.Value}/message_qrdls", Write, QrCodeReader.ReadOne, accessToken, cancellationToken);

        void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            writer.WriteOptional("code"u8, code);
            writer.WriteString("prefilled_message"u8, prefilledMessage);
            writer.WriteOptional("generate_qr_image"u8, image?.Name);
            writer.WriteEndObject();
        }
    }

    // It becomes a part of the address.
    private static void ThrowIfNoCode(string code)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        if (code.Length > 64 || !code.All(char.IsAsciiLetterOrDigit))
        {
            throw new ArgumentException("The code of a QR code is made of letters and digits.", nameof(code));
        }
    }
}
