namespace WhatsSession;

/// <summary>Meta's error codes that the SDK acts upon, and the category of all that it knows.</summary>
/// <remarks><see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes">Meta, read 12 December 2025.</see></remarks>
public static class GraphErrorCodes
{
    /// <summary>The access token is invalid or has expired.</summary>
    public const int AccessTokenInvalid = 190;

    /// <summary>A parameter of the request is invalid.</summary>
    public const int InvalidParameter = 100;

    /// <summary>The throughput limit of the business number is reached.</summary>
    public const int ThroughputReached = 130429;

    /// <summary>More than 24 hours have passed since the customer last wrote to this number.</summary>
    public const int ReEngagementRequired = 131047;

    /// <summary>Too many messages to the same customer in a short time.</summary>
    public const int PairRateLimit = 131056;

    /// <summary>The template does not exist in this language or is not approved.</summary>
    public const int TemplateMissing = 132001;

    /// <summary>The category of a code; <see cref="GraphErrorCategory.Unknown"/> for one that is not in the table.</summary>
    public static GraphErrorCategory CategoryOf(int code) => code switch
    {
        4 or 613 or 80007 or ThroughputReached or PairRateLimit or 131208 or 132069 or 133009 => GraphErrorCategory.RateLimited,
        1 or 2 or 131000 or 131016 or 131057 or 133000 or 133004 or 133015 or 134101 or 139102 or 139103 => GraphErrorCategory.Unavailable,
        ReEngagementRequired => GraphErrorCategory.WindowClosed,
        130472 or 131050 or 137000 => GraphErrorCategory.Consent,
        368 or 131048 or 131049 or 131064 or 132015 or 133008 or 133016 => GraphErrorCategory.Restricted,
        0 or 3 or 10 or 33 or AccessTokenInvalid or (>= 200 and <= 299) => GraphErrorCategory.Configuration,
        131005 or 131030 or 131031 or 131037 or 131042 or 131044 or 131045 or 131063 => GraphErrorCategory.Configuration,
        TemplateMissing or 132016 or 132068 or 133005 or 133006 or 133010 or 134011 or 134102 or 139200 => GraphErrorCategory.Configuration,
        (>= 139000 and <= 139004) or (>= 200005 and <= 200007) or 2494191 => GraphErrorCategory.Configuration,
        InvalidParameter or 130497 or 130501 or 131008 or 131009 or 131020 or 131021 or 131026 or 131035 or 131036 => GraphErrorCategory.InvalidRequest,
        131041 or 131043 or 131051 or 131052 or 131053 or 131055 or 131062 or (>= 131201 and <= 131215) => GraphErrorCategory.InvalidRequest,
        132000 or 132005 or 132007 or 132008 or 132012 or 132018 or 134100 or 135000 or 139101 or 1752041 => GraphErrorCategory.InvalidRequest,
        2388019 or 2388040 or 2388047 or 2388072 or 2388073 or 2388293 or 2388299 or 2388318 or 2388330 => GraphErrorCategory.InvalidRequest,
        (>= 2494164 and <= 2494179) or 2593079 or 2593085 or 2593107 or 2593108 => GraphErrorCategory.InvalidRequest,
        _ => GraphErrorCategory.Unknown,
    };
}
