using NodaTime;
using WhatsSession.Options;
using WhatsSession.Sending;
using WhatsSession.Storage;
using WhatsSession.TemplateCatalog;
using WhatsSession.Time;
using WhatsSession.Uploads;

namespace WhatsSession.Clients;

/// <summary>What the handles work with: the way out for what is sent, and for everything else what does it.</summary>
internal sealed class ClientParts(
    SendPipeline pipeline,
    ConversationReads reads,
    HeldMessages held,
    DeliveryWaits waits,
    ReplyWaits replies,
    IConversationStore conversations,
    ISendStore sends,
    IHeldMessageStore heldStore,
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

    public TemplateReadiness Templates => templates;

    public MediaUploads Uploads => uploads;

    public GraphClient Graph => graph;

    /// <summary>Now by our clock or Meta's, whichever is earlier: what is erased is erased up to it.</summary>
    public Instant Earliest => heard.Earliest;

    /// <summary>Now by our clock or Meta's, whichever is later: what is noted is noted as of it.</summary>
    public Instant Latest => heard.Latest;

    /// <summary>
    /// What a customer's message that another system received says of its conversation. A time in the future counts as five minutes from now at most.
    /// </summary>
    public ConversationState InboundAt(Instant at) => new(CustomerServiceWindow.Clamp(at, heard.Latest), denied: null);
}
