namespace WhatsSession.Storage.InMemory;

/// <summary>
/// Whose answers a row has: most conversations are answered by one kind of author, the first that answers has the row's own place and others stand beside it.
/// Once set it stays as long as the row does.
/// </summary>
internal static class Answerers
{
    // A sequence never has the place: nobody is answered by it alone.
    private static readonly AuthorKind[] Kinds = [AuthorKind.Unknown, AuthorKind.Bot, AuthorKind.Person];

    /// <summary>The kind that a row's flags name; null while nobody answered.</summary>
    public static AuthorKind? Of(WindowFlags flags) => (flags & WindowFlags.AnsweredByPerson) switch
    {
        WindowFlags.AnsweredByUnknown => AuthorKind.Unknown,
        WindowFlags.AnsweredByBot => AuthorKind.Bot,
        WindowFlags.AnsweredByPerson => AuthorKind.Person,
        _ => null,
    };

    /// <summary>The kind that takes the place of a row which has none; none for nobody.</summary>
    public static WindowFlags First(in AnswerTimes answers)
    {
        foreach (var kind in Kinds)
        {
            if (answers.Of(kind) is not null)
            {
                return kind switch
                {
                    AuthorKind.Unknown => WindowFlags.AnsweredByUnknown,
                    AuthorKind.Bot => WindowFlags.AnsweredByBot,
                    _ => WindowFlags.AnsweredByPerson,
                };
            }
        }

        return WindowFlags.None;
    }
}
