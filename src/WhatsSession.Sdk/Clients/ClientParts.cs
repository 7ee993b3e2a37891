using NodaTime;
using WhatsSession.Options;
using WhatsSession.Sending;
using WhatsSession.Sequences;
using WhatsSession.Storage;
using WhatsSession.TemplateCatalog;
using WhatsSession.Time;
using WhatsSession.Uploads;

namespace WhatsSession.Clients;

/// <summary>The services that the handles use: the pipeline that sends messages, and one service for each other task.</summary>
internal sealed class ClientParts(
    SendPipeline pipeline,
    ConversationReads reads,
    HeldMessages held,
    DeliveryWaits waits,
    ReplyWaits replies,
    IConversationStore conversations,
    ISendStore sends,
    IHeldMessageStore heldStore,
    SequenceStarts sequenceStarts,
    SequenceRuns sequenceRuns,
    TemplateReadiness templates,
    MediaUploads uploads,
    GraphClient graph,
    HeardTime heard,
    WhatsSessionSettings settings)
{
    public SendPipeline Pipeline => pipeline;

    public ConversationReads Reads => reads;

    public HeldMessages Held => held;

    public DeliveryWaits Waits => waits;

    public ReplyWaits Replies => replies;

    /// <summary>How long a handler may run.</summary>
    public TimeSpan HandlerTimeout => settings.HandlerTimeout;

    public IConversationStore Conversations => conversations;

    public ISendStore Sends => sends;

    public IHeldMessageStore HeldStore => heldStore;

    public SequenceStarts SequenceStarts => sequenceStarts;

    public SequenceRuns SequenceRuns => sequenceRuns;

    public TemplateReadiness Templates => templates;

    public MediaUploads Uploads => uploads;

    public GraphClient Graph => graph;

    /// <summary>The earlier of our time and Meta's time. An erasure erases everything up to this time.</summary>
    public Instant Earliest => heard.Earliest;

    /// <summary>The later of our time and Meta's time. What is recorded now gets this time.</summary>
    public Instant Latest => heard.Latest;

    /// <summary>
    /// The state of a conversation after a customer's message that another system received. A time in the future counts as five minutes from now at most.
    /// </summary>
    public ConversationState InboundAt(Instant at) => new(CustomerServiceWindow.Clamp(at, heard.Latest), denied: null);
}
