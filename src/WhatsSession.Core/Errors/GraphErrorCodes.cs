using WhatsSession.Errors;

namespace WhatsSession;

/// <summary>Meta's error codes by name, and the category of each. <see cref="GraphError.Advice"/> tells what to do about an error.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes">Meta, read 12 December 2025.</see>
/// </remarks>
public static partial class GraphErrorCodes
{
    /// <summary>The category of a code; <see cref="GraphErrorCategory.Unknown"/> for one that is not in the table.</summary>
    public static GraphErrorCategory CategoryOf(int code) => GraphErrorTable.Find(code)?.Category ?? GraphErrorCategory.Unknown;

    /// <summary>
    /// Whether an error with this code means that Meta certainly did nothing, and that the same request may be accepted within minutes. Only after these codes
    /// can a message safely be sent again.
    /// </summary>
    /// <remarks>
    /// Errors that do not tell how far the request came, such as 2 and 131000, are not among them: Meta has no idempotency key, so a second request could send
    /// the message twice.
    /// </remarks>
    public static bool IsSafeToRetry(int code) => code
        is AppRateLimit or CallRateLimit or AccountRateLimit
        or ThroughputReached or ServiceUnavailable or PairRateLimit or MaintenanceMode
        or GroupRateLimit or ServerUnavailable;
}
