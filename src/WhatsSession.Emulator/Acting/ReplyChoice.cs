using System.Text.Json;

namespace WhatsSession.Emulator.Acting;

/// <summary>Something a customer can choose in a message: a reply button, a list row, or a template's quick reply.</summary>
/// <param name="MessageId">The business's message.</param>
/// <param name="NumberId">The number it came from.</param>
/// <param name="Type">The type of the answering message.</param>
/// <param name="ReplyKind">For an interactive answer, the kind of reply; null for a quick reply.</param>
/// <param name="Id">The id of a button or row, or the payload of a quick reply.</param>
/// <param name="Title">What the customer sees.</param>
/// <param name="Description">A row's description.</param>
internal sealed record ReplyChoice(string MessageId, string NumberId, string Type, string? ReplyKind, string Id, string Title, string? Description)
{
    /// <summary>It is on a card of a carousel.</summary>
    public bool InCard { get; init; }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject(Type);
        if (ReplyKind is null)
        {
            json.WriteString("payload", Id);
            json.WriteString("text", Title);
        }
        else
        {
            json.WriteString("type", ReplyKind);
            json.WriteStartObject(ReplyKind);
            json.WriteString("id", Id);
            json.WriteString("title", Title);
            if (Description is not null)
            {
                json.WriteString("description", Description);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
