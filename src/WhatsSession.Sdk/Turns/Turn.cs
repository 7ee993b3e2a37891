using System.Text.Json.Serialization;
using WhatsSession.Storage;

namespace WhatsSession;

/// <summary>
/// What a customer said in a row: the messages that came until the customer was quiet. Handle it with <c>OnTurn</c> to answer several short lines once.
/// </summary>
/// <remarks>
/// Its <see cref="WhatsAppEvent.Timestamp"/> is that of its latest message. A handler that is called again gets the same messages; what came later is in the
/// next turn.
/// </remarks>
public sealed class Turn : WhatsAppEvent
{
    private readonly ConversationKey? _conversation;

    /// <summary>Makes a turn by hand, for a test of a handler.</summary>
    /// <param name="messages">Its messages, in the order of their arrival: at least one, all of one conversation.</param>
    /// <exception cref="ArgumentException">There is no message, or they are of several conversations.</exception>
    public Turn(params IReadOnlyList<MessageReceived> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (messages.Count == 0 || messages.Any(message => message is null || message.Conversation != messages[0].Conversation))
        {
            throw new ArgumentException(
                messages.Count == 0 ? "A turn has at least one message." : "The messages of a turn are of one conversation, and none is null.",
                nameof(messages));
        }

        Messages = [.. messages];
        Newest = NewestOf(Messages);
        _conversation = messages[0].Conversation;
        Key = EventKey.Of(messages[0].Number?.Value ?? "", EventLane.Turn, messages[0].Key.ToString());
        Lane = EventLane.Turn;
        Number = messages[0].Number;
        Account = Newest.Account;
        Timestamp = Newest.Timestamp;
    }

    internal Turn(StoredEvent stored)
        : base(stored.ToKept())
    {
        Messages = [.. StoredTurn.ReadRun(stored).Select(static kept => WebhookReader.Restore(kept)).OfType<MessageReceived>()];
        Newest = Messages.Count > 0 ? NewestOf(Messages) : throw new NotSupportedException("The stored turn has no message that this version can read.");
        _conversation = stored.Conversation;
    }

    /// <summary>The messages, in the order of their arrival: at least one. Reactions are among them.</summary>
    public IReadOnlyList<MessageReceived> Messages { get; }

    /// <summary>
    /// What the customer said, a line for each message that has words: texts, captions, and the titles of buttons and rows that were tapped. Empty when no
    /// message has words.
    /// </summary>
    public string Text => string.Join('\n', Messages.Select(TextOf).Where(static text => !string.IsNullOrEmpty(text)));

    /// <inheritdoc />
    public override ConversationKey? Conversation => _conversation;

    /// <inheritdoc />
    public override CustomerEventKind? Opener => Messages.Select(static message => message.Opener).LastOrDefault(static kind => kind is not null);

    /// <inheritdoc />
    public override IdentityLink? Link => Newest.Link;

    /// <inheritdoc />
    public override MessageId? About => Newest.About;

    /// <summary>Its latest message: the one that a reply answers. Of several of one second it is the one that arrived last.</summary>
    [JsonIgnore]
    public MessageReceived Newest { get; }

    private static MessageReceived NewestOf(IReadOnlyList<MessageReceived> messages)
    {
        var newest = messages[0];
        foreach (var message in messages)
        {
            newest = message.Timestamp >= newest.Timestamp ? message : newest;
        }

        return newest;
    }

    private static string? TextOf(MessageReceived message) => message switch
    {
        TextReceived text => text.Text,
        MediaReceived media => media.Caption,
        ButtonReplied button => button.Title,
        ListReplied row => row.Title,
        _ => null,
    };
}
