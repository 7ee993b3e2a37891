using System.Text;

namespace WhatsSession.Emulator;

/// <summary>A message of the business as it arrived at a customer.</summary>
public sealed class ReceivedMessage
{
    /// <summary>The message id (wamid) the business was given.</summary>
    public required string Id { get; init; }

    /// <summary>The kind, as in the request: <c>text</c>, <c>template</c>, <c>interactive</c> …</summary>
    public required string Type { get; init; }

    /// <summary>When it arrived, on the emulator's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// The text that the customer reads: the body or the caption. For a template it is the body with its values; if the template was added with only a number
    /// of parameters, it is the name with the values in parentheses. Otherwise empty.
    /// </summary>
    public required string Text { get; init; }

    /// <summary>The request's body as the business sent it.</summary>
    public string Json
    {
        get => Encoding.UTF8.GetString(Body.Span);
        init => Body = Encoding.UTF8.GetBytes(value);
    }

    /// <summary>The phone number id it was sent from.</summary>
    public required string FromNumber { get; init; }

    /// <summary>The id of the group it was sent to; <see langword="null"/> when it was sent only to the customer.</summary>
    public string? GroupId { get; init; }

    internal ReadOnlyMemory<byte> Body { get; init; }
}
