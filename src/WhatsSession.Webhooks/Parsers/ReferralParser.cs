using System.Text.Json;
using WhatsSession.Shared;

namespace WhatsSession.Parsers;

/// <summary>Reads what a message says of the ad or product it came from.</summary>
internal static class ReferralParser
{
    public static Referral? Referral(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        var referral = new Referral();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "source_type":
                    referral.Source = new ReferralSource(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "source_id":
                    referral.SourceId = JsonText.ReadId(ref reader);
                    break;
                case "source_url":
                    referral.SourceUrl = JsonText.ReadUrl(ref reader);
                    break;
                case "headline":
                    referral.Headline = JsonText.Read(ref reader);
                    break;
                case "body":
                    referral.Body = JsonText.Read(ref reader);
                    break;
                case "media_type":
                    referral.Media = new ReferralMedia(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "image_url":
                    referral.ImageUrl = JsonText.ReadUrl(ref reader);
                    break;
                case "video_url":
                    referral.VideoUrl = JsonText.ReadUrl(ref reader);
                    break;
                case "thumbnail_url":
                    referral.ThumbnailUrl = JsonText.ReadUrl(ref reader);
                    break;
                case "ctwa_clid":
                    referral.ClickId = JsonText.Read(ref reader);
                    break;
                case "welcome_message":
                    referral.WelcomeText = WelcomeText(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return referral;
    }

    public static ReferredProduct? Product(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        var product = new ReferredProduct();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "catalog_id":
                    product.CatalogId = JsonText.ReadId(ref reader) ?? "";
                    break;
                case "product_retailer_id":
                    product.ProductRetailerId = JsonText.ReadId(ref reader) ?? "";
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return product;
    }

    private static string? WelcomeText(ref Utf8JsonReader reader)
    {
        string? text = null;
        if (JsonText.EntersObject(ref reader))
        {
            while (JsonText.NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("text"u8))
                {
                    text = JsonText.Read(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }
        }

        return text;
    }
}
