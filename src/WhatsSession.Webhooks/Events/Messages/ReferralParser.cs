using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>Reads what a message says of the ad or product it came from.</summary>
internal static class ReferralParser
{
    public static Referral? Referral(in ObjectReader o) => !o.IsPresent ? null : new Referral
    {
        Source = o.Word("source_type"u8, static name => new ReferralSource(name)),
        SourceId = o.Id("source_id"u8),
        SourceUrl = o.Url("source_url"u8),
        Headline = o.Text("headline"u8),
        Body = o.Text("body"u8),
        Media = o.Word("media_type"u8, static name => new ReferralMedia(name)),
        ImageUrl = o.Url("image_url"u8),
        VideoUrl = o.Url("video_url"u8),
        ThumbnailUrl = o.Url("thumbnail_url"u8),
        ClickId = o.Text("ctwa_clid"u8),
        WelcomeText = o.Object("welcome_message"u8).Text("text"u8),
    };

    public static ReferredProduct? Product(in ObjectReader o) => !o.IsPresent ? null : new ReferredProduct
    {
        CatalogId = o.Id("catalog_id"u8) ?? "",
        ProductRetailerId = o.Id("product_retailer_id"u8) ?? "",
    };
}
