using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The format of the image of a QR code. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>
/// Equality is ordinal on the name. <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/qr-codes">Meta,
/// read 10 March 2026.</see>
/// </remarks>
[JsonConverter(typeof(JsonTextConverter<QrImageFormat>))]
public readonly record struct QrImageFormat(string Name) : IJsonText<QrImageFormat>
{
    /// <summary>A drawing, which prints at any size.</summary>
    public static QrImageFormat Svg { get; } = new("SVG");

    /// <summary>A picture.</summary>
    public static QrImageFormat Png { get; } = new("PNG");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<QrImageFormat>.ToJson(QrImageFormat value) => value.Name;

    static QrImageFormat? IJsonText<QrImageFormat>.FromJson(string? text) => new QrImageFormat(text!);
}
