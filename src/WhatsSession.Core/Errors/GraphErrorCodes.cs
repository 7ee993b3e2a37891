using WhatsSession.Errors;

namespace WhatsSession;

/// <summary>Meta's error codes by name, and what kind of failure each is. What to do about one is <see cref="GraphError.Advice"/>.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes">Meta, read 12 December 2025.</see>
/// </remarks>
public static partial class GraphErrorCodes
{
    /// <summary>The category of a code; <see cref="GraphErrorCategory.Unknown"/> for one that is not in the table.</summary>
    public static GraphErrorCategory CategoryOf(int code) => GraphErrorTable.Find(code)?.Category ?? GraphErrorCategory.Unknown;

    /// <summary>
    /// Whether an error with this code means that Meta surely did nothing, and that the very same request may be accepted within minutes:
    /// the only codes after which a message may be sent again without asking.
    /// </summary>
    /// <remarks>
    /// Errors that leave open how far the request came, such as 2 and 131000, are not among them:
    /// there is no idempotency key, and a second request could double a message.
    /// </remarks>
    public static bool IsSafeToRetry(int code) => code
        is AppRateLimit or CallRateLimit or AccountRateLimit
        or ThroughputReached or ServiceUnavailable or PairRateLimit or MaintenanceMode
        or GroupRateLimit or ServerUnavailable;
}
