using WhatsSession.Accepting;
using WhatsSession.Handling;
using WhatsSession.Storage;
using WhatsSession.Time;

namespace WhatsSession.Hosting;

/// <summary>The desk for what was set aside: what waits for somebody to look at it.</summary>
internal sealed class SetAside(IInboxStore inbox, ISendStore sends, WebhookAcceptor acceptor, WakeUp wake, WhatsSessionClient client, HeardTime heard)
{
    public ParkedEvents Parked { get; } = new(inbox, wake);

    public Quarantine Quarantine { get; } = new(inbox, acceptor, wake);

    public AbandonedFallbacks AbandonedFallbacks { get; } = new(sends, client, heard);

    public RefusedFallbacks RefusedFallbacks { get; } = new(sends, client);
}
