using System.Text.Json.Serialization;
using WhatsSession.Json;
using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>What the buttons of a <see cref="MediaCard"/> do. All cards of a message must have the same kind and number of buttons.</summary>
/// <remarks>Immutable. Equality is by value, but lists compare by reference. <see cref="ToString"/> shows no content.</remarks>
[JsonConverter(typeof(JsonChoiceConverter<CardAction>))]
public abstract record CardAction
{
    private CardAction()
    {
    }

    /// <summary>The kind of action.</summary>
    public sealed override string ToString() => GetType().Name;

    internal abstract void Check(ref ViolationList violations, in FieldPath path);

    internal abstract bool HasSameButtonsAs(CardAction other);

    /// <summary>One button that opens a web page.</summary>
    /// <param name="Button">The label of the button: 1 to 20 characters.</param>
    /// <param name="Url">The page: an absolute http or https address.</param>
    public sealed record OpenUrl(string Button, Uri Url) : CardAction
    {
        internal override void Check(ref ViolationList violations, in FieldPath path)
        {
            violations.Required(path + ".parameters.display_text", Button, 20);
            violations.WebAddress(path + ".parameters.url", Url);
        }

        internal override bool HasSameButtonsAs(CardAction other) => other is OpenUrl;
    }

    /// <summary>One or two buttons to answer with. A tap comes back as <c>ButtonReplied</c>.</summary>
    public sealed record QuickReplies : CardAction
    {
        /// <summary>Makes the buttons.</summary>
        /// <param name="buttons">One or two, with unique ids and titles within the card.</param>
        /// <exception cref="ArgumentException"><paramref name="buttons"/> is null or has a null in it.</exception>
        public QuickReplies(params ReplyButton[] buttons) => Buttons = CopiedList.Of(buttons);

        /// <summary>The buttons.</summary>
        public IReadOnlyList<ReplyButton> Buttons { get; init => field = CopiedList.Checked(value); }

        internal override void Check(ref ViolationList violations, in FieldPath path)
        {
            violations.Count(path + ".buttons", Buttons.Count, 1, 2, "buttons");
            var ids = default(DistinctTexts);
            var titles = default(DistinctTexts);
            for (var i = 0; i < Buttons.Count; i++)
            {
                FieldPath button = $"{path}.buttons[{i}].quick_reply";
                violations.Required(button + ".id", Buttons[i].Id, 256);
                violations.Required(button + ".title", Buttons[i].Title, 20);
                violations.Unique(ref ids, button + ".id", Buttons[i].Id, "id");
                violations.Unique(ref titles, button + ".title", Buttons[i].Title, "title");
            }
        }

        internal override bool HasSameButtonsAs(CardAction other) => other is QuickReplies replies && replies.Buttons.Count == Buttons.Count;
    }
}
