namespace WhatsSession;

public static partial class GraphErrorCodes
{
    /// <summary>Not every participant could be changed.</summary>
    public const int GroupPartialSuccess = 131201;

    /// <summary>The participant is named twice or is in the group.</summary>
    public const int GroupDuplicateParticipant = 131202;

    /// <summary>The group would have more participants than it may have.</summary>
    public const int GroupOverLimit = 131204;

    /// <summary>The group is suspended.</summary>
    public const int GroupSuspended = 131207;

    /// <summary>Too many calls for groups.</summary>
    public const int GroupRateLimit = 131208;

    /// <summary>The group's image has a wrong aspect ratio.</summary>
    public const int GroupImageRatio = 131209;

    /// <summary>The group's image is too small.</summary>
    public const int GroupImageTooSmall = 131210;

    /// <summary>The number has as many groups as it may have.</summary>
    public const int GroupLimit = 131211;

    /// <summary>The participant is not in the group.</summary>
    public const int NotInGroup = 131212;

    /// <summary>There is no such request to join.</summary>
    public const int JoinRequestMissing = 131213;

    /// <summary>Groups cannot be created: marketing was sent in the customer service window.</summary>
    public const int GroupCreationDisabled = 131214;

    /// <summary>The number may not use groups.</summary>
    public const int GroupsNotEligible = 131215;

    /// <summary>An earlier deregistration of the number is not finished.</summary>
    public const int DeregistrationIncomplete = 133000;

    /// <summary>The server is unavailable for a while.</summary>
    public const int ServerUnavailable = 133004;

    /// <summary>The PIN of two-step verification is wrong.</summary>
    public const int PinMismatch = 133005;

    /// <summary>The phone number must be verified first.</summary>
    public const int VerificationNeeded = 133006;

    /// <summary>The wrong PIN was given too often.</summary>
    public const int PinGuesses = 133008;

    /// <summary>The PIN was given too soon after the last time.</summary>
    public const int PinTooFast = 133009;

    /// <summary>The phone number is not registered.</summary>
    public const int NumberNotRegistered = 133010;

    /// <summary>The phone number was deleted a short time ago and cannot be registered yet.</summary>
    public const int NumberDeletedLately = 133015;

    /// <summary>The number was registered or deregistered ten times within 72 hours.</summary>
    public const int RegistrationRateLimit = 133016;

    /// <summary>Calls are not enabled for the number.</summary>
    public const int CallingNotEnabled = 138000;

    /// <summary>The customer cannot be called.</summary>
    public const int CustomerNotCallable = 138001;

    /// <summary>The number has as many calls at once as it may have.</summary>
    public const int ConcurrentCallLimit = 138002;

    /// <summary>There is a call with this customer.</summary>
    public const int DuplicateCall = 138003;

    /// <summary>The call could not be connected.</summary>
    public const int CallConnectionFailed = 138004;

    /// <summary>The number has made too many calls.</summary>
    public const int CallRateLimitReached = 138005;

    /// <summary>The customer has not allowed the business to call.</summary>
    public const int CallPermissionMissing = 138006;

    /// <summary>Meta did not hear of the call in time.</summary>
    public const int CallTimedOut = 138007;

    /// <summary>The customer was asked for permission to call as often as allowed: once in 24 hours, twice in seven days.</summary>
    public const int CallPermissionRequestLimit = 138009;

    /// <summary>The business has called this customer as often as allowed.</summary>
    public const int BusinessCallLimit = 138012;

    /// <summary>Too many requests for the state of call permissions; newer versions answer 613.</summary>
    public const int CallPermissionRateLimit = 138013;

    /// <summary>A request about a call is refused. The code is new in 2026, and Meta did not document its meaning in November 2026.</summary>
    public const int CallError138017 = 138017;

    /// <summary>The number does not meet what calls need.</summary>
    public const int CallingPrerequisites = 138018;

    /// <summary>A request about a call is refused. The code is new in 2026, and Meta did not document its meaning in November 2026.</summary>
    public const int CallError138038 = 138038;

    /// <summary>Not every customer could be blocked or unblocked.</summary>
    public const int BlockedInPart = 139100;

    /// <summary>The list of blocked customers is full: 64,000.</summary>
    public const int BlockListFull = 139101;

    /// <summary>Another change of the list of blocked customers is going on.</summary>
    public const int BlockListBusy = 139102;

    /// <summary>An error at Meta with the list of blocked customers.</summary>
    public const int BlockListError = 139103;

    /// <summary>The username is taken or not allowed.</summary>
    public const int UsernameUnavailable = 147001;

    /// <summary>The number may not have a username.</summary>
    public const int UsernameNotEligible = 147002;

    /// <summary>The username belongs to a Facebook page that is not linked.</summary>
    public const int UsernameOnFacebook = 147003;

    /// <summary>The username belongs to an Instagram account that is not linked.</summary>
    public const int UsernameOnInstagram = 147004;

    /// <summary>The username must be transferred from another number first.</summary>
    public const int UsernameTransferRequired = 147005;

    /// <summary>A phone number could not be moved between accounts; the message says why.</summary>
    public const int MigrationRefused = 2388001;

    /// <summary>The phone number to move is in the destination account already.</summary>
    public const int MigrationNumberPresent = 2388012;

    /// <summary>The phone number is not one that is being moved, so it cannot be verified for that.</summary>
    public const int MigrationVerificationUnavailable = 2388091;

    /// <summary>The phone number is not one that is being moved, so it cannot be verified for that.</summary>
    public const int MigrationVerificationRefused = 2388093;

    /// <summary>The destination account does not meet what moving a phone number needs; the message says what.</summary>
    public const int MigrationPrerequisite = 2388103;

    /// <summary>The phone number cannot be moved at present; the message says why.</summary>
    public const int MigrationNotPossible = 2494100;

    /// <summary>The first of the codes of in-app sign-ups, 2494164 to 2494179.</summary>
    public const int SignupError = 2494164;

    /// <summary>The last of the codes of in-app sign-ups, 2494164 to 2494179.</summary>
    public const int SignupErrorLast = 2494179;

    /// <summary>A limit of accounts that are managed on behalf of others.</summary>
    public const int OnBehalfLimit = 2593079;

    /// <summary>A rule of accounts that are managed on behalf of others.</summary>
    public const int OnBehalfNotAllowed = 2593085;

    /// <summary>The synchronisation of a coexistence number was asked for as often as allowed.</summary>
    public const int SyncLimit = 2593107;

    /// <summary>The time in which a coexistence number may be synchronised is over.</summary>
    public const int SyncWindowOver = 2593108;
}
