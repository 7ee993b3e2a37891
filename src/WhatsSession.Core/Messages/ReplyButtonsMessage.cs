using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>
/// A text with one to three buttons. A tap comes back as <c>ButtonReplied</c> with the button's id, and restarts the window like any message.
/// </summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages">Meta,
/// read November 2025.</see>
/// </remarks>
public sealed record ReplyButtonsMessage : InteractiveMessage
{
    /// <summary>Makes the message.</summary>
    /// <param name="body">The text above the buttons: 1 to 1,024 characters.</param>
    /// <param name="buttons">One to three buttons with unique ids and titles.</param>
    /// <exception cref="ArgumentException"><paramref name="buttons"/> is null or has a null in it.</exception>
    public ReplyButtonsMessage(string body, params ReplyButton[] buttons)
        : base(body)
    {
        Buttons = CopiedList.Of(buttons);
    }

    /// <summary>Makes the message with buttons whose ids are their titles: a tap comes back with the title as the button's id.</summary>
    /// <param name="body">The text above the buttons: 1 to 1,024 characters.</param>
    /// <param name="title">The title of the first button: 1 to 20 characters.</param>
    /// <param name="moreTitles">The titles of up to two more buttons, each unique.</param>
    /// <exception cref="ArgumentNullException"><paramref name="moreTitles"/> is null.</exception>
    public ReplyButtonsMessage(string body, string title, params string[] moreTitles)
        : this(body, [.. WithTitles(title, moreTitles)])
    {
    }

    /// <summary>What stands above the body.</summary>
    /// <value>Null by default: no header.</value>
    public MessageHeader? Header { get; init; }

    /// <summary>The buttons: one to three.</summary>
    public IReadOnlyList<ReplyButton> Buttons { get; init => field = CopiedList.Checked(value); }

    /// <inheritdoc />
    public override string InteractiveKind => "button";

    private static IEnumerable<ReplyButton> WithTitles(string title, string[] moreTitles)
    {
        ArgumentNullException.ThrowIfNull(moreTitles);
        return moreTitles.Prepend(title).Select(static text => new ReplyButton(text, text));
    }

    private protected override void Check(ref ViolationList violations)
    {
        base.Check(ref violations);
        Header?.Check(ref violations, "interactive.header");
        violations.Count("interactive.action.buttons", Buttons.Count, 1, 3, "buttons");
        var ids = default(DistinctTexts);
        var titles = default(DistinctTexts);
        for (var i = 0; i < Buttons.Count; i++)
        {
            FieldPath path = $"interactive.action.buttons[{i}].reply";
            violations.Required(path + ".id", Buttons[i].Id, 256);
            violations.Required(path + ".title", Buttons[i].Title, 20);
            violations.Unique(ref ids, path + ".id", Buttons[i].Id, "id");
            violations.Unique(ref titles, path + ".title", Buttons[i].Title, "title");
        }
    }
}
