using WhatsSession.Options;
using WhatsSession.Sending;
using WhatsSession.Storage;

namespace WhatsSession.Sequences;

/// <summary>The send of one step. As a reply it has the same id whenever its work is done, so that it goes once.</summary>
internal sealed class SequenceSend : OutboundSend
{
    public SequenceSend(SequenceRun run, int index, NumberSettings number, InboundPoint point, long startedAt)
        : base(number, run.Conversation, run.Steps[index].Message, OptionsOf(run, index, point), IdOf(run, index), startedAt) => IsReply = true;

    /// <summary>A template that goes by itself answers nothing that the customer wrote.</summary>
    public override bool IsAutomatic => Message is not SessionMessage;

    protected override bool IsWithoutFallback => true;

    /// <summary>The id of a step's send.</summary>
    public static IntentId IdOf(SequenceRun run, int index) => IntentId.Following(run.Id, FormattableString.Invariant($"step {index + 1}"));

    private static SendOptions OptionsOf(SequenceRun run, int index, InboundPoint point) => new()
    {
        OrTemplate = run.Steps[index].OrTemplate,

        // Each step sends its template once, also when another step, or somebody else, sent the same one.
        FallbackKey = IdOf(run, index).ToString(),
        By = Author.Sequence,
        Seen = run.EndsOnAnswer ? point : null,
    };
}
