namespace WhatsSession.Storage.InMemory;

/// <summary>The facts that few conversations have, beside their row: a free entry point window, copies, doubt, answers of a second kind of author.</summary>
/// <param name="State">The facts.</param>
/// <param name="HasFailedAnswer">Whether a message of the business failed by a status. Which one, the history tells.</param>
internal sealed record RareRow(ConversationState State, bool HasFailedAnswer)
{
    public static RareRow FailedAnswer { get; } = new(default, HasFailedAnswer: true);

    public static RareRow Join(RareRow left, RareRow right) =>
        new(ConversationState.Join(left.State, right.State), left.HasFailedAnswer || right.HasFailedAnswer);
}
