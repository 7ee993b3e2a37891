using WhatsSession.Windows;

namespace WhatsSession.Conversations;

/// <summary>The facts that few conversations have: a state has them apart, so that the others pay nothing for them.</summary>
/// <param name="Answers">See <see cref="ConversationState.Answers"/>; <c>default</c> where one kind of author answered alone.</param>
/// <param name="Echoed">See <see cref="ConversationState.Echoed"/>.</param>
/// <param name="Doubted">See <see cref="ConversationState.Doubted"/>.</param>
/// <param name="FreeEntry">See <see cref="ConversationState.FreeEntry"/>.</param>
internal sealed record RareFacts(AnswerTimes Answers, PackedInstant Echoed, PackedInstant Doubted, FreeEntryPoint FreeEntry)
{
    private static readonly RareFacts None = new(default, default, default, default);

    /// <summary>The facts, or none where there are none: equal states have equal facts.</summary>
    public RareFacts? Known => this == None ? null : this;

    public static RareFacts OrNone(RareFacts? facts) => facts ?? None;

    /// <summary>What either of two knows but the answers, which the state joins.</summary>
    public static RareFacts? Join(RareFacts? left, RareFacts? right) =>
        left is null ? WithoutAnswers(right)
        : right is null ? WithoutAnswers(left)
        : JoinKnown(left, right).Known;

    // Where there is nothing to join nothing is made: a window is read so.
    private static RareFacts? WithoutAnswers(RareFacts? facts) =>
        facts is null || facts.Answers == default ? facts : (facts with { Answers = default }).Known;

    private static RareFacts JoinKnown(RareFacts left, RareFacts right) =>
        new(
            default,
            PackedInstant.Later(left.Echoed, right.Echoed),
            PackedInstant.Later(left.Doubted, right.Doubted),
            FreeEntryPoint.Join(left.FreeEntry, right.FreeEntry));
}
