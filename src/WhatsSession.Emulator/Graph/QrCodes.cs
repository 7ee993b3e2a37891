using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using WhatsSession.Emulator.Http;

namespace WhatsSession.Emulator.Graph;

/// <summary>QR codes and short links that open a chat: <c>/{phone-number-id}/message_qrdls</c>.</summary>
/// <remarks>https://developers.facebook.com/documentation/business-messaging/whatsapp/qr-codes, read 10 March 2026.</remarks>
internal sealed class QrCodes
{
    private const int LongestMessage = 140;
    private const int MostCodes = 2000;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private readonly ConcurrentDictionary<(string NumberId, string Code), string> _codes = new();

    public GraphAnswer Answer(EmulatedNumber number, GraphRequest request, string[] rest) => (rest, request.Method.ToUpperInvariant()) switch
    {
        ([], "POST") => Save(number, request),
        ([], "GET") => Paging.Page(
            [.. _codes.Where(c => string.Equals(c.Key.NumberId, number.Id, StringComparison.Ordinal)).OrderBy(static c => c.Key.Code, StringComparer.Ordinal)],
            static c => c.Key.Code,
            request,
            static (json, c) => Write(json, c.Key.Code, c.Value, null)),
        ([var code], "GET") => _codes.TryGetValue((number.Id, code), out var message)
            ? GraphAnswer.Ok((code, message), static (json, c) =>
            {
                json.WriteStartObject();
                json.WriteStartArray("data");
                Write(json, c.code, c.message, null);
                json.WriteEndArray();
                json.WriteEndObject();
            })
            : Unknown(code),
        ([var code], "DELETE") => _codes.TryRemove((number.Id, code), out _) ? GraphAnswer.Success : Unknown(code),
        _ => GraphError.UnknownObject(request.Method, number.Id),
    };

    private GraphAnswer Save(EmulatedNumber number, GraphRequest request) => JsonBody.Read(request, (root, fields) =>
    {
        var message = fields.Text(root, "prefilled_message", LongestMessage);
        var code = fields.OptionalText(root, "code", FieldReader.AnyLength);
        var image = fields.OptionalText(root, "generate_qr_image", FieldReader.AnyLength);
        fields.Require(image is null or "SVG" or "PNG", GraphError.Invalid("Param 'generate_qr_image' must be SVG or PNG."));
        fields.Require(code is not null || _codes.Count < MostCodes, GraphError.Invalid($"A number has at most {MostCodes} QR codes."));
        if (fields.Error is { } error)
        {
            return error;
        }

        if (code is not null && !_codes.ContainsKey((number.Id, code)))
        {
            return Unknown(code);
        }

        code ??= RandomNumberGenerator.GetString(Letters, 14);
        _codes[(number.Id, code)] = message;
        return GraphAnswer.Ok((code, message, image), static (json, c) => Write(json, c.code, c.message, c.image));
    });

    private static GraphError Unknown(string code) => GraphError.Invalid($"There is no QR code '{code}'.");

    private static void Write(Utf8JsonWriter json, string code, string message, string? image)
    {
        json.WriteStartObject();
        json.WriteString("code", code);
        json.WriteString("prefilled_message", message);
        json.WriteString("deep_link_url", "https://wa.me/message/" + code);
        if (image is not null)
        {
            json.WriteString("qr_image_url", $"https://scontent.example.test/{code}.{image.ToLowerInvariant()}");
        }

        json.WriteEndObject();
    }
}
