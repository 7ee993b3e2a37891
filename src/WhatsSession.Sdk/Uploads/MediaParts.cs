using System.Globalization;

namespace WhatsSession.Uploads;

/// <summary>Finds and replaces the content that a message brings along, wherever a message may have a medium.</summary>
internal static class MediaParts
{
    private const string Header = "interactive.header";
    private const string TemplateHeaderPath = "template.components[header].parameters[0]";

    /// <summary>Whether anything is to be uploaded. Asked for every send, so it allocates nothing.</summary>
    public static bool HasUploads(Message? message) => message switch
    {
        MediaMessage media => media.Source is MediaSource.Upload,
        ReplyButtonsMessage { Header: { } header } => IsUpload(header),
        CtaUrlMessage { Header: { } header } => IsUpload(header),
        FlowMessage { Header: { } header } => IsUpload(header),
        OrderDetailsMessage order => order.HeaderImage is MediaSource.Upload,
        MediaCarouselMessage carousel => HasUploads(carousel),
        TemplateMessage template => HasUploads(template),
        DirectSendMessage direct => HasUploads(direct.Content),
        _ => false,
    };

    /// <summary>Everything that is to be uploaded, in the order in which <see cref="Replace{TMessage}"/> asks for it.</summary>
    public static List<MediaPart> Of(Message message)
    {
        var parts = new List<MediaPart>();
        _ = Replace(message, part =>
        {
            parts.Add(part);
            return part.Content;
        });
        return parts;
    }

    /// <summary>The message with other sources in the place of its contents.</summary>
    public static TMessage Replace<TMessage>(TMessage message, Func<MediaPart, MediaSource> replace)
        where TMessage : Message => (TMessage)ReplaceAny(message, replace);

    private static Message ReplaceAny(Message message, Func<MediaPart, MediaSource> replace) => message switch
    {
        DocumentMessage document => document with
        {
            Source = Source(document.Source, MediaKind.Document, document.Kind, replace),
            FileName = document.FileName ?? NameOf(document.Source),
        },
        MediaMessage media => media with { Source = Source(media.Source, media.MediaKind, media.Kind, replace) },
        ReplyButtonsMessage { Header: { } header } buttons => buttons with { Header = In(header, Header, replace) },
        CtaUrlMessage { Header: { } header } link => link with { Header = In(header, Header, replace) },
        FlowMessage { Header: { } header } flow => flow with { Header = In(header, Header, replace) },
        OrderDetailsMessage { HeaderImage: { } image } order => order with { HeaderImage = Source(image, MediaKind.Image, Header + ".image", replace) },
        MediaCarouselMessage carousel => carousel with
        {
            Cards =
            [
                .. carousel.Cards.Select((card, i) =>
                    card with { Header = In(card.Header, At("interactive.action.cards[{0}].header", i), replace) }),
            ],
        },
        TemplateMessage template => template with
        {
            Header = template.Header is { } header ? In(header, TemplateHeaderPath, replace) : null,
            Cards =
            [
                .. template.Cards.Select((card, i) =>
                    card with { Header = In(card.Header, At("template.components[carousel].cards[{0}].components[header].parameters[0]", i), replace) }),
            ],
        },
        DirectSendMessage direct => direct with { Content = (SessionMessage)ReplaceAny(direct.Content, replace) },
        _ => message,
    };

    private static bool IsUpload(MessageHeader header) => header switch
    {
        MessageHeader.Image image => image.Source is MediaSource.Upload,
        MessageHeader.Video video => video.Source is MediaSource.Upload,
        MessageHeader.Document document => document.Source is MediaSource.Upload,
        _ => false,
    };

    private static bool IsUpload(TemplateHeader? header) => header switch
    {
        TemplateHeader.Image image => image.Source is MediaSource.Upload,
        TemplateHeader.Video video => video.Source is MediaSource.Upload,
        TemplateHeader.Gif gif => gif.Source is MediaSource.Upload,
        TemplateHeader.Document document => document.Source is MediaSource.Upload,
        _ => false,
    };

    private static bool HasUploads(MediaCarouselMessage carousel)
    {
        for (var i = 0; i < carousel.Cards.Count; i++)
        {
            if (IsUpload(carousel.Cards[i].Header))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasUploads(TemplateMessage template)
    {
        for (var i = 0; i < template.Cards.Count; i++)
        {
            if (IsUpload(template.Cards[i].Header))
            {
                return true;
            }
        }

        return IsUpload(template.Header);
    }

    private static MessageHeader In(MessageHeader header, string path, Func<MediaPart, MediaSource> replace) => header switch
    {
        MessageHeader.Image image => image with { Source = Source(image.Source, MediaKind.Image, path + ".image", replace) },
        MessageHeader.Video video => video with { Source = Source(video.Source, MediaKind.Video, path + ".video", replace) },
        MessageHeader.Document document => document with
        {
            Source = Source(document.Source, MediaKind.Document, path + ".document", replace),
            FileName = document.FileName ?? NameOf(document.Source),
        },
        _ => header,
    };

    private static TemplateHeader In(TemplateHeader header, string path, Func<MediaPart, MediaSource> replace) => header switch
    {
        TemplateHeader.Image image => image with { Source = Source(image.Source, MediaKind.Image, path + ".image", replace) },
        TemplateHeader.Video video => video with { Source = Source(video.Source, MediaKind.Video, path + ".video", replace) },
        TemplateHeader.Gif gif => gif with { Source = Source(gif.Source, MediaKind.Gif, path + ".gif", replace) },
        TemplateHeader.Document document => document with
        {
            Source = Source(document.Source, MediaKind.Document, path + ".document", replace),
            FileName = document.FileName ?? NameOf(document.Source),
        },
        _ => header,
    };

    private static MediaSource Source(MediaSource source, MediaKind kind, string path, Func<MediaPart, MediaSource> replace) =>
        source is MediaSource.Upload content ? replace(new MediaPart(content, kind, path)) : source;

    /// <summary>Uploads are shared by content, so without a name of its own a document would be shown with the name of whichever file came first.</summary>
    private static string? NameOf(MediaSource source) =>
        source is MediaSource.File file && Path.GetFileName(file.Path) is { Length: > 0 and <= DocumentMessage.MaximumFileNameLength } name ? name : null;

    private static string At(string path, int index) => string.Format(CultureInfo.InvariantCulture, path, index);
}
