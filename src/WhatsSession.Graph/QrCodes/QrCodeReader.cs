using System.Text.Json;
using WhatsSession.Shared;
using WhatsSession.Wire;

namespace WhatsSession.QrCodes;

/// <summary>Reads QR codes.</summary>
internal static class QrCodeReader
{
    public static GraphPage<QrCode>? ReadPage(ReadOnlySpan<byte> body) => PageReader.Read(body, Read);

    /// <summary>One code: alone, as creating and changing answer it, or as the only element of a list.</summary>
    public static QrCode? ReadOne(ReadOnlySpan<byte> body) => PageReader.ReadObject(body, Read) ?? (ReadPage(body) is { Items: [var only, ..] } ? only : null);

    private static QrCode? Read(ref Utf8JsonReader reader)
    {
        string? code = null, message = null;
        Uri? link = null, image = null;
        while (JsonText.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("code"u8))
            {
                code = JsonText.ReadId(ref reader);
            }
            else if (name.SequenceEqual("prefilled_message"u8))
            {
                message = JsonText.Read(ref reader);
            }
            else if (name.SequenceEqual("deep_link_url"u8))
            {
                link = JsonText.ReadUrl(ref reader);
            }
            else if (name.SequenceEqual("qr_image_url"u8))
            {
                image = JsonText.ReadUrl(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return code is { Length: > 0 } ? new QrCode { Code = code, PrefilledMessage = message ?? "", Link = link, Image = image } : null;
    }
}
