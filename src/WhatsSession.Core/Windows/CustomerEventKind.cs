using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The kind of an event from a customer: Meta's word for it, or our word for calls. Kinds that this version does not know are allowed.</summary>
/// <param name="Name">Meta's <c>type</c> in lower case, such as <c>text</c>.</param>
/// <remarks>Equality is ordinal on the name.</remarks>
[JsonConverter(typeof(JsonTextConverter<CustomerEventKind>))]
public readonly record struct CustomerEventKind(string Name) : IJsonText<CustomerEventKind>
{
    /// <summary>A text. Ice-breakers and commands also arrive as texts.</summary>
    public static CustomerEventKind Text { get; } = new("text");

    /// <summary>An image.</summary>
    public static CustomerEventKind Image { get; } = new("image");

    /// <summary>A video.</summary>
    public static CustomerEventKind Video { get; } = new("video");

    /// <summary>An audio file or a voice note.</summary>
    public static CustomerEventKind Audio { get; } = new("audio");

    /// <summary>A document.</summary>
    public static CustomerEventKind Document { get; } = new("document");

    /// <summary>A sticker.</summary>
    public static CustomerEventKind Sticker { get; } = new("sticker");

    /// <summary>A location.</summary>
    public static CustomerEventKind Location { get; } = new("location");

    /// <summary>Contact cards.</summary>
    public static CustomerEventKind Contacts { get; } = new("contacts");

    /// <summary>An order from a catalog.</summary>
    public static CustomerEventKind Order { get; } = new("order");

    /// <summary>The tap of a template's quick-reply button.</summary>
    public static CustomerEventKind Button { get; } = new("button");

    /// <summary>The answer to an interactive message: a reply button, a list row, a flow.</summary>
    public static CustomerEventKind Interactive { get; } = new("interactive");

    /// <summary>The first opening of the chat where a welcome message is enabled.</summary>
    public static CustomerEventKind RequestWelcome { get; } = new("request_welcome");

    /// <summary>A call that the customer made, answered or missed.</summary>
    public static CustomerEventKind IncomingCall { get; } = new("incoming_call");

    /// <summary>A call by the business that the customer accepted.</summary>
    public static CustomerEventKind AcceptedCall { get; } = new("accepted_call");

    /// <summary>A reaction to a message, or its removal.</summary>
    public static CustomerEventKind Reaction { get; } = new("reaction");

    /// <summary>A message that the API cannot show, such as a poll.</summary>
    public static CustomerEventKind Unsupported { get; } = new("unsupported");

    /// <summary>A change of an earlier message.</summary>
    public static CustomerEventKind Edit { get; } = new("edit");

    /// <summary>The removal of an earlier message.</summary>
    public static CustomerEventKind Revoke { get; } = new("revoke");

    /// <summary>A notice by the system, such as a change of number.</summary>
    public static CustomerEventKind System { get; } = new("system");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<CustomerEventKind>.ToJson(CustomerEventKind value) => value.Name;

    static CustomerEventKind? IJsonText<CustomerEventKind>.FromJson(string? text) => new CustomerEventKind(text!);
}
