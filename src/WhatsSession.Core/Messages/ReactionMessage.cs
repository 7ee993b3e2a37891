using System.Buffers;
using System.Globalization;
using WhatsSession.Identity;
using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A reaction to a message of the customer: an emoji next to it. A later reaction replaces an earlier one. Its only status is <c>sent</c>.</summary>
/// <param name="MessageId">The message. It must be received within the last 30 days, not deleted, and not a reaction.</param>
/// <param name="Emoji">One emoji; empty to remove the reaction.</param>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/reaction-messages">Meta, read November 2025.</see>
/// </remarks>
public sealed record ReactionMessage(MessageId MessageId, string Emoji) : SessionMessage
{
    private static readonly SearchValues<char> Plain = Grammar.Range('\0', '\u00A8');

    /// <inheritdoc />
    public override string Kind => "reaction";

    /// <summary>Removes the reaction to a message.</summary>
    public static ReactionMessage Remove(MessageId messageId) => new(messageId, "");

    private protected override void Check(ref ViolationList violations)
    {
        if (string.IsNullOrEmpty(MessageId.Value))
        {
            violations.Add("reaction.message_id", "is empty; the id of a message is required");
        }

        if (Emoji is null || (Emoji.Length > 0 && !IsOneEmoji(Emoji)))
        {
            violations.Add("reaction.emoji", "is not one emoji; give one, or an empty text to take the reaction back");
        }
    }

    // What is drawn as one, and no plain letter or digit. Which of them are emoji changes every year; Meta knows.
    private static bool IsOneEmoji(string text) =>
        StringInfo.GetNextTextElementLength(text) == text.Length && text.AsSpan().ContainsAnyExcept(Plain);
}
