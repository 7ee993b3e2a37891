using System.Text;
using System.Text.Json.Nodes;
using NodaTime;

namespace WhatsSession.Testing;

/// <summary>Makes events as the SDK makes them: Meta's JSON, read by <see cref="WebhookReader"/>.</summary>
/// <remarks>Each call makes a new event with a new id, unless the origin has an id.</remarks>
public static class Events
{
    private static long _made;

    /// <summary>A customer wrote a text.</summary>
    /// <param name="text">The text.</param>
    public static TextReceived Text(string text) => Text(text, new EventOrigin());

    /// <summary>A customer wrote a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="origin">Which customer, which business number, and when.</param>
    public static TextReceived Text(string text, EventOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Message<TextReceived>("text", new JsonObject { ["body"] = text }, origin);
    }

    /// <summary>A customer tapped a reply button of an interactive message.</summary>
    /// <param name="buttonId">The button's id.</param>
    /// <param name="title">The label that the customer saw.</param>
    public static ButtonReplied ButtonReply(string buttonId, string title) => ButtonReply(buttonId, title, new EventOrigin());

    /// <summary>A customer tapped a reply button of an interactive message.</summary>
    /// <param name="buttonId">The button's id.</param>
    /// <param name="title">The label that the customer saw.</param>
    /// <param name="origin">Which customer, which business number, and when.</param>
    public static ButtonReplied ButtonReply(string buttonId, string title, EventOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(buttonId);
        ArgumentNullException.ThrowIfNull(title);
        return Message<ButtonReplied>("interactive", Reply("button_reply", buttonId, title), origin);
    }

    /// <summary>A customer picked a row of a list message.</summary>
    /// <param name="rowId">The row's id.</param>
    /// <param name="title">The row's title.</param>
    public static ListReplied ListReply(string rowId, string title) => ListReply(rowId, title, new EventOrigin());

    /// <summary>A customer picked a row of a list message.</summary>
    /// <param name="rowId">The row's id.</param>
    /// <param name="title">The row's title.</param>
    /// <param name="origin">Which customer, which business number, and when.</param>
    public static ListReplied ListReply(string rowId, string title, EventOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(rowId);
        ArgumentNullException.ThrowIfNull(title);
        return Message<ListReplied>("interactive", Reply("list_reply", rowId, title), origin);
    }

    /// <summary>A customer sent an image.</summary>
    /// <param name="mediaId">Meta's id of the medium.</param>
    /// <param name="caption">The caption; null for none.</param>
    public static ImageReceived Image(string mediaId, string? caption) => Image(mediaId, caption, new EventOrigin());

    /// <summary>A customer sent an image.</summary>
    /// <param name="mediaId">Meta's id of the medium.</param>
    /// <param name="caption">The caption; null for none.</param>
    /// <param name="origin">Which customer, which business number, and when.</param>
    public static ImageReceived Image(string mediaId, string? caption, EventOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(mediaId);
        var image = new JsonObject { ["id"] = mediaId, ["mime_type"] = "image/jpeg", ["sha256"] = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" };
        if (caption is not null)
        {
            image["caption"] = caption;
        }

        return Message<ImageReceived>("image", image, origin);
    }

    /// <summary>A customer sent a location.</summary>
    /// <param name="latitude">Degrees north.</param>
    /// <param name="longitude">Degrees east.</param>
    public static LocationReceived Location(double latitude, double longitude) => Location(latitude, longitude, new EventOrigin());

    /// <summary>A customer sent a location.</summary>
    /// <param name="latitude">Degrees north.</param>
    /// <param name="longitude">Degrees east.</param>
    /// <param name="origin">Which customer, which business number, and when.</param>
    public static LocationReceived Location(double latitude, double longitude, EventOrigin origin) =>
        Message<LocationReceived>("location", new JsonObject { ["latitude"] = latitude, ["longitude"] = longitude }, origin);

    /// <summary>Meta reports the status of a message of the business.</summary>
    /// <param name="message">The message, as the send's outcome named it.</param>
    /// <param name="status">Meta's word: <c>sent</c>, <c>delivered</c>, <c>read</c>, <c>played</c>.</param>
    public static DeliveryUpdated Status(MessageId message, string status) => Status(message, status, new EventOrigin());

    /// <summary>Meta reports the status of a message of the business.</summary>
    /// <param name="message">The message, as the send's outcome named it.</param>
    /// <param name="status">Meta's word: <c>sent</c>, <c>delivered</c>, <c>read</c>, <c>played</c>.</param>
    /// <param name="origin">To whom, from which number, and when.</param>
    public static DeliveryUpdated Status(MessageId message, string status, EventOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(status);
        return Status(message, status, error: null, origin);
    }

    /// <summary>Meta reports that a message of the business failed.</summary>
    /// <param name="message">The message, as the send's outcome named it.</param>
    /// <param name="code">Meta's code, such as <see cref="GraphErrorCodes.ReEngagementRequired"/>.</param>
    public static DeliveryUpdated Failed(MessageId message, int code) => Failed(message, code, new EventOrigin());

    /// <summary>Meta reports that a message of the business failed.</summary>
    /// <param name="message">The message, as the send's outcome named it.</param>
    /// <param name="code">Meta's code, such as <see cref="GraphErrorCodes.ReEngagementRequired"/>.</param>
    /// <param name="origin">To whom, from which number, and when.</param>
    public static DeliveryUpdated Failed(MessageId message, int code, EventOrigin origin) =>
        Status(message, "failed", new JsonObject { ["code"] = code, ["title"] = "Failed in a test", ["message"] = "Failed in a test" }, origin);

    /// <summary>
    /// The SDK reports that a window is about to close. This event does not come from Meta. To have it raised, receive a message and advance the clock.
    /// </summary>
    /// <param name="lead">How long before closing.</param>
    /// <param name="origin">The customer, the number, and in <see cref="EventOrigin.At"/> the message that opened the window.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lead is not of whole seconds between 0 and 24 hours.</exception>
    public static WindowClosing WindowClosing(TimeSpan lead, EventOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        if (lead <= TimeSpan.Zero || lead >= TimeSpan.FromHours(24) || lead.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(lead), lead, "The lead must be of whole seconds, more than 0 and less than 24 hours.");
        }

        var conversation = origin.Group is { } group ? new ConversationKey(origin.Number, group) : new ConversationKey(origin.Number, origin.Customer);
        var opened = Instant.FromUnixTimeSeconds(origin.At.ToUnixTimeSeconds());
        return new WindowClosing(conversation, opened, Duration.FromTimeSpan(lead));
    }

    /// <summary>The SDK reports that a window is about to close.</summary>
    /// <param name="lead">How long before closing.</param>
    public static WindowClosing WindowClosing(TimeSpan lead) => WindowClosing(lead, new EventOrigin());

    /// <summary>Reads the events of a payload of Meta's.</summary>
    /// <param name="json">The payload: the body of a webhook.</param>
    /// <exception cref="FormatException">It cannot be read completely; the message says where.</exception>
    public static IReadOnlyList<WhatsAppEvent> Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Read(Encoding.UTF8.GetBytes(json));
    }

    private static List<WhatsAppEvent> Read(byte[] utf8)
    {
        var events = new List<WhatsAppEvent>();
        return WebhookReader.Read(utf8, events) is { } problem ? throw new FormatException(problem) : events;
    }

    private static DeliveryUpdated Status(MessageId message, string status, JsonObject? error, EventOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        var slice = new JsonObject
        {
            ["id"] = message.Value,
            ["status"] = status,
            ["timestamp"] = Seconds(origin.At),
            [origin.Customer.IsPhone ? "recipient_id" : "recipient_user_id"] = origin.Customer.Value,
        };
        if (error is not null)
        {
            slice["errors"] = new JsonArray(error);
        }

        return (DeliveryUpdated)Read(PayloadJson.Write(PayloadJson.Statuses, slice, contact: null, origin.Number, origin.Account))[0];
    }

    private static TEvent Message<TEvent>(string type, JsonObject content, EventOrigin origin)
        where TEvent : MessageReceived
    {
        ArgumentNullException.ThrowIfNull(origin);
        var id = origin.MessageId?.Value ?? FormattableString.Invariant($"wamid.dGVzdC{Interlocked.Increment(ref _made):D8}");
        var slice = new JsonObject
        {
            [origin.Customer.IsPhone ? "from" : "from_user_id"] = origin.Customer.Value,
            ["id"] = id,
            ["timestamp"] = Seconds(origin.At),
            ["type"] = type,
            [type] = content,
        };
        if (origin.Group is { } group)
        {
            slice["group_id"] = group.Value;
        }

        var contact = new JsonObject { [origin.Customer.IsPhone ? "wa_id" : "user_id"] = origin.Customer.Value };
        if (origin.Name is { } name)
        {
            contact["profile"] = new JsonObject { ["name"] = name };
        }

        return (TEvent)Read(PayloadJson.Write(PayloadJson.Messages, slice, contact, origin.Number, origin.Account))[0];
    }

    private static JsonObject Reply(string type, string id, string title) =>
        new() { ["type"] = type, [type] = new JsonObject { ["id"] = id, ["title"] = title } };

    private static string Seconds(Instant at) => FormattableString.Invariant($"{at.ToUnixTimeSeconds()}");
}
