using System.Text.RegularExpressions;

namespace WhatsSession;

/// <summary>Which messages a handler gets. Combine filters with <c>&amp;</c> (both), <c>|</c> (either) and <c>!</c> (not).</summary>
/// <remarks>Immutable and thread safe.</remarks>
public sealed class MessageFilter
{
    // A pattern that explodes on a customer's text fails the handler instead of holding a core.
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    private readonly Func<MessageReceived, BusinessNumber?, bool> _matches;

    private MessageFilter(Func<MessageReceived, BusinessNumber?, bool> matches, params IEnumerable<string> namedNumbers)
    {
        _matches = matches;
        NamedNumbers = [.. namedNumbers];
    }

    /// <summary>Whether the filter runs code of the application or a pattern. Both may be slow or block the thread.</summary>
    internal bool MayBlock { get; private init; }

    /// <summary>The names of numbers in the filter. They are checked at start-up.</summary>
    internal IReadOnlyList<string> NamedNumbers { get; }

    /// <summary>A text that equals this one. Case and surrounding white space are ignored.</summary>
    public static MessageFilter TextEquals(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var wanted = text.Trim();
        return OfText(given => given.AsSpan().Trim().Equals(wanted, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A text that contains this one. Case is ignored.</summary>
    /// <exception cref="ArgumentException"><paramref name="text"/> is empty.</exception>
    public static MessageFilter TextContains(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return OfText(given => given.Contains(text, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// A text that matches this pattern. Case is ignored as in the other filters, with <see cref="RegexOptions.CultureInvariant"/>, and the match may take at
    /// most one second. For a match with case, pass a <see cref="Regex"/> of your own.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="pattern"/> is not a regular expression.</exception>
    public static MessageFilter TextMatches(string pattern) =>
        TextMatches(new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, PatternTimeout));

    /// <summary>
    /// A text that matches this pattern, with the options of the <see cref="Regex"/>. Give it a time-out, because the text comes from outside.
    /// </summary>
    public static MessageFilter TextMatches(Regex pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return OfText(pattern.IsMatch, mayBlock: true);
    }

    /// <summary>A tap on the reply button with this id, or on a template's quick reply with this payload.</summary>
    public static MessageFilter Button(string buttonId)
    {
        ArgumentNullException.ThrowIfNull(buttonId);
        return new((message, _) => message is ButtonReplied reply && reply.ButtonId == buttonId);
    }

    /// <summary>A choice of the list row with this id.</summary>
    public static MessageFilter ListRow(string rowId)
    {
        ArgumentNullException.ThrowIfNull(rowId);
        return new((message, _) => message is ListReplied reply && reply.RowId == rowId);
    }

    /// <summary>A message to the business number of this name. A name that the options do not have fails the start.</summary>
    public static MessageFilter Number(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new((_, number) => string.Equals(number?.Name, name, StringComparison.OrdinalIgnoreCase), name);
    }

    /// <summary>
    /// A message for which a function returns true. The function is called for each message and handler, and again for every retry. It has the same time limit
    /// as a handler. It should not block the thread, because the message waits for it.
    /// </summary>
    public static MessageFilter Where(Func<MessageReceived, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return new((message, _) => predicate(message)) { MayBlock = true };
    }

    /// <summary>Messages that both filters take.</summary>
    public static MessageFilter operator &(MessageFilter left, MessageFilter right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new((message, number) => left.Matches(message, number) && right.Matches(message, number), left.NamedNumbers.Concat(right.NamedNumbers))
        {
            MayBlock = left.MayBlock || right.MayBlock,
        };
    }

    /// <summary>Messages that at least one of the two filters takes.</summary>
    public static MessageFilter operator |(MessageFilter left, MessageFilter right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new((message, number) => left.Matches(message, number) || right.Matches(message, number), left.NamedNumbers.Concat(right.NamedNumbers))
        {
            MayBlock = left.MayBlock || right.MayBlock,
        };
    }

    /// <summary>Messages that the filter does not take.</summary>
    public static MessageFilter operator !(MessageFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return new((message, number) => !filter.Matches(message, number), filter.NamedNumbers) { MayBlock = filter.MayBlock };
    }

    internal bool Matches(MessageReceived message, BusinessNumber? number) => _matches(message, number);

    private static MessageFilter OfText(Func<string, bool> matches, bool mayBlock = false) =>
        new((message, _) => message is TextReceived text && matches(text.Text)) { MayBlock = mayBlock };
}
