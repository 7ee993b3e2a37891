namespace WhatsSession.Emulator.Customers;

/// <summary>How far an accepted message has come; only ever grows.</summary>
internal enum MessageStage
{
    Accepted,
    Sent,
    Delivered,
    Read,
    Played,
    Failed,
}
