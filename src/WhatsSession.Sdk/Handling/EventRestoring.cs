using WhatsSession.Alerts;
using WhatsSession.Sending;
using WhatsSession.Storage;

namespace WhatsSession.Handling;

/// <summary>Makes events again from the form that stores keep: each room reads what it wrote.</summary>
internal static class EventRestoring
{
    /// <exception cref="NotSupportedException">A newer version of the SDK raised it.</exception>
    /// <exception cref="System.Text.Json.JsonException">What was kept is not JSON.</exception>
    public static WhatsAppEvent Restore(StoredEvent stored) => stored.Lane switch
    {
        EventLane.Work => EngineWork.Restore(stored),
        EventLane.Alert => RestoreAlert(stored),
        EventLane.Turn => new Turn(stored),
        _ => WebhookReader.Restore(stored.ToKept()),
    };

    private static WhatsAppEvent RestoreAlert(StoredEvent stored) => stored.Field switch
    {
        WindowAlert.Closing => new WindowClosing(stored),
        WindowAlert.Closed => new WindowClosed(stored),
        WindowAlert.Extended => new WindowExtended(stored),
        _ when OverdueRule.Of(stored.Field) is not null => new ReplyOverdue(stored),
        IdentityConflict.FieldName => new IdentityConflict(stored),
        _ => EngineEvent.Restore(stored) ?? throw new NotSupportedException($"The stored event \"{stored.Field}\" was written by a newer version."),
    };
}
