namespace WhatsSession;

public static partial class GraphErrorCodes
{
    /// <summary>The business number has reached its limit of messages per second.</summary>
    public const int ThroughputReached = 130429;

    /// <summary>The customer is part of an experiment in which Meta does not deliver marketing messages. Not charged.</summary>
    public const int CustomerInExperiment = 130472;

    /// <summary>The business may not message customers of this country.</summary>
    public const int CountryRestricted = 130497;

    /// <summary>A message came in a group that is of a type Meta does not support there.</summary>
    public const int GroupMessageUnsupported = 130501;

    /// <summary>An unknown error of Meta's; also an answer when groups are not enabled.</summary>
    public const int SomethingWentWrong = 131000;

    /// <summary>The permission was not granted or was withdrawn.</summary>
    public const int AccessDenied = 131005;

    /// <summary>A required parameter is missing.</summary>
    public const int ParameterMissing = 131008;

    /// <summary>The value of a parameter is invalid; also when a reaction's target is too old or gone.</summary>
    public const int ParameterInvalid = 131009;

    /// <summary>The service is unavailable for a while.</summary>
    public const int ServiceUnavailable = 131016;

    /// <summary>The group has no member but the business.</summary>
    public const int GroupHasOneMember = 131020;

    /// <summary>The recipient is the business number itself.</summary>
    public const int RecipientIsSender = 131021;

    /// <summary>
    /// The message cannot be delivered: the customer is not on WhatsApp, has an old app or has not accepted the terms, or a BSUID was used in place of a phone
    /// number.
    /// </summary>
    public const int Undeliverable = 131026;

    /// <summary>A test number may write only to the recipients on its list, five at most.</summary>
    public const int RecipientNotAllowed = 131030;

    /// <summary>The account is locked, or a value such as the PIN does not match.</summary>
    public const int AccountLocked = 131031;

    /// <summary>With No Storage: the webhook could not be delivered within an hour.</summary>
    public const int NoStorageWebhookLate = 131035;

    /// <summary>With No Storage: the receipt that asks for a retry could not be honoured.</summary>
    public const int NoStorageReceiptLate = 131036;

    /// <summary>The display name of the 555 number is not approved.</summary>
    public const int DisplayNameNotApproved = 131037;

    /// <summary>There is no such group.</summary>
    public const int GroupUnknown = 131041;

    /// <summary>There is a problem with the payment method.</summary>
    public const int PaymentIssue = 131042;

    /// <summary>The message was not delivered within its time to live. Seen in practice; not documented.</summary>
    public const int MessageExpired = 131043;

    /// <summary>There is a problem with the payment method for calls.</summary>
    public const int CallingPaymentIssue = 131044;

    /// <summary>The number's certificate or registration is not in order.</summary>
    public const int RegistrationProblem = 131045;

    /// <summary>More than 24 hours have passed since the customer last wrote to this number.</summary>
    public const int ReEngagementRequired = 131047;

    /// <summary>The number is limited because customers blocked it or reported it as spam.</summary>
    public const int SpamRateLimit = 131048;

    /// <summary>Meta does not deliver the message, because this customer has received enough marketing messages for now.</summary>
    public const int EngagementLimit = 131049;

    /// <summary>The customer has stopped marketing messages from this business.</summary>
    public const int MarketingStopped = 131050;

    /// <summary>The type of message is not supported.</summary>
    public const int MessageTypeUnsupported = 131051;

    /// <summary>Meta could not fetch what the customer sent; it may be larger than 100 MB.</summary>
    public const int MediaDownloadFailed = 131052;

    /// <summary>Meta could not take the medium: its type, its codec or its link is wrong.</summary>
    public const int MediaUploadFailed = 131053;

    /// <summary>The method is not allowed: the Marketing Messages API takes marketing templates only.</summary>
    public const int MethodNotAllowed = 131055;

    /// <summary>Too many messages to the same customer in a short time.</summary>
    public const int PairRateLimit = 131056;

    /// <summary>The account is in maintenance: its throughput is being upgraded, which takes a minute at most.</summary>
    public const int MaintenanceMode = 131057;

    /// <summary>The cursor of a list is not valid any more.</summary>
    public const int CursorInvalid = 131059;

    /// <summary>A template has reached the limit of recipients of its campaign. New in 2026.</summary>
    public const int CampaignRecipientLimit = 131061;

    /// <summary>The message cannot be sent to a business-scoped user id: it is a one-time code or a template with a maximum price.</summary>
    public const int UserIdNotSupported = 131062;

    /// <summary>The account does not send marketing templates through the Cloud API.</summary>
    public const int MarketingDisabled = 131063;

    /// <summary>Sending is limited because templates were put into the wrong category.</summary>
    public const int ClassificationLimit = 131064;

    /// <summary>The message is refused. The code is new in 2026, and Meta did not document its meaning in November 2026.</summary>
    public const int MessageError131065 = 131065;

    /// <summary>A session message to a customer whose conversation is controlled by another app. Templates can still be sent.</summary>
    public const int ThreadNotOwned = 131070;

    /// <summary>The terms of WhatsApp payments have not been accepted.</summary>
    public const int PaymentTermsNotAccepted = 134011;

    /// <summary>The Marketing Messages API takes marketing templates only.</summary>
    public const int NotMarketing = 134100;

    /// <summary>The Marketing Messages API does not know the template yet, which takes ten minutes at most.</summary>
    public const int TemplateSyncing = 134101;

    /// <summary>The account cannot use the Marketing Messages API.</summary>
    public const int MarketingApiUnavailable = 134102;

    /// <summary>The customer's identity is not the one the message was meant for.</summary>
    public const int IdentityChanged = 137000;

    /// <summary>Direct Send is blocked for this account.</summary>
    public const int DirectSendBlocked = 139200;

    /// <summary>Only the configured escalation partner may take control of a thread.</summary>
    public const int ThreadTakeNotAllowed = 2494191;
}
