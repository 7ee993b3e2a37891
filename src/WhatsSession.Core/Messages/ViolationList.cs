using System.Buffers;
using System.Globalization;
using WhatsSession.Identity;

namespace WhatsSession.Messages;

/// <summary>Collects what a message breaks, each rule worded the same way everywhere. There is no list for a message that breaks none.</summary>
internal struct ViolationList
{
    private static readonly SearchValues<char> Surrogates = Grammar.Range('\uD800', '\uDFFF');

    private List<Violation>? _violations;

    public readonly IReadOnlyList<Violation> ToList() => _violations ?? (IReadOnlyList<Violation>)[];

    public void Add(in FieldPath path, string rule, long? limit = null, long? actual = null) =>
        (_violations ??= []).Add(new Violation(path.ToString(), rule) { Limit = limit, Actual = actual });

    /// <summary>What a check elsewhere found, if anything, which does not know the path.</summary>
    public void Add(in FieldPath path, Violation? violation)
    {
        if (violation is not null)
        {
            (_violations ??= []).Add(violation with { Path = path.ToString() });
        }
    }

    /// <summary>A text that must be there and has a greatest length.</summary>
    public void Required(in FieldPath path, string? text, int most)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            Add(path, "is empty; a text is required", limit: 1, actual: 0);
            return;
        }

        Text(path, text);
        AtMost(path, text, most);
    }

    /// <summary>A text that may be left out (null), but not empty, and has a greatest length.</summary>
    public void Optional(in FieldPath path, string? text, int most)
    {
        if (text is not null)
        {
            Required(path, text, most);
        }
    }

    /// <summary>A text that must be there and whose length Meta does not limit.</summary>
    public void Required(in FieldPath path, string? text) => Required(path, text, int.MaxValue);

    /// <summary>A text that may be left out (null), but not empty.</summary>
    public void Optional(in FieldPath path, string? text) => Optional(path, text, int.MaxValue);

    /// <summary>
    /// A text that may be anything, or absent, but has no half of a character, which on its way to Meta would become U+FFFD, and no NUL, at which the text
    /// would end for some who read it.
    /// </summary>
    public void Text(in FieldPath path, string? text)
    {
        var rest = text.AsSpan();
        if (rest.Contains('\0'))
        {
            Add(path, "has a NUL character, which no text may have");
        }

        while (rest.IndexOfAny(Surrogates) is >= 0 and var next)
        {
            if (next + 1 == rest.Length || !char.IsSurrogatePair(rest[next], rest[next + 1]))
            {
                Add(path, "has half of a character (a surrogate without its other half)");
                return;
            }

            rest = rest[(next + 2)..];
        }
    }

    /// <summary>Texts by name.</summary>
    public void Texts(in FieldPath path, IReadOnlyDictionary<string, string> texts)
    {
        // Most have none, and then no enumerator is made.
        if (texts.Count == 0)
        {
            return;
        }

        foreach (var (name, text) in texts)
        {
            Text(path, name);
            Text(path, text);
        }
    }

    /// <summary>An address that Meta or the customer's browser opens.</summary>
    public void WebAddress(in FieldPath path, Uri? address)
    {
        if (address is not { IsAbsoluteUri: true } || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            Add(path, "is not an absolute http or https address");
        }
    }

    /// <summary>A currency of ISO 4217.</summary>
    public void CurrencyCode(in FieldPath path, string? code)
    {
        if (code is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z', >= 'A' and <= 'Z'])
        {
            Add(path, "is not the three capital letters of a currency");
        }
    }

    /// <summary>
    /// The recipient of a code to log in, which is never a BSUID.
    /// (<see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids">Meta, 7 May 2026.</see>)
    /// </summary>
    public void NoUserId(ConversationKey conversation)
    {
        if (conversation.Customer is { IsBusinessScoped: true })
        {
            Add("recipient", "is a business-scoped user id; authentication messages go to phone numbers only (131062)");
        }
    }

    /// <summary>A number with a range.</summary>
    public void Between(in FieldPath path, long value, long least, long most, string unit = "")
    {
        if (value < least || value > most)
        {
            Add(path, string.Create(CultureInfo.InvariantCulture, $"is {value}{unit}; {least} to {most} are allowed"), value < least ? least : most, value);
        }
    }

    public void AtMost(in FieldPath path, string text, int most)
    {
        if (text.Length > most && TextLength.Of(text) is var length && length > most)
        {
            Add(path, $"is {length} characters long; the limit is {most}", most, length);
        }
    }

    public void Count(in FieldPath path, int count, int least, int most, string what)
    {
        if (count < least || count > most)
        {
            Add(path, $"has {count} {what}; {(least == most ? $"{least}" : $"{least} to {most}")} are allowed", count < least ? least : most, count);
        }
    }

    public void Unique(ref DistinctTexts earlier, in FieldPath path, string? value, string what)
    {
        if (!string.IsNullOrWhiteSpace(value) && !earlier.Add(value))
        {
            Add(path, $"has the same {what} as an earlier one; each must be unique");
        }
    }
}
