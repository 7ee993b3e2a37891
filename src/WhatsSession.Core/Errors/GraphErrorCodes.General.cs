namespace WhatsSession;

public static partial class GraphErrorCodes
{
    /// <summary>Meta could not authenticate the app user.</summary>
    public const int AuthenticationFailed = 0;

    /// <summary>An unknown or invalid request, or an error on Meta's side.</summary>
    public const int UnknownApiError = 1;

    /// <summary>The service is down or overloaded for a while.</summary>
    public const int ServiceDown = 2;

    /// <summary>The app lacks the capability, or the token the permission, for this method.</summary>
    public const int CapabilityMissing = 3;

    /// <summary>The app has reached its limit of calls.</summary>
    public const int AppRateLimit = 4;

    /// <summary>The permission was not granted or was withdrawn.</summary>
    public const int PermissionDenied = 10;

    /// <summary>The phone number id does not exist or was deleted; as a subcode of 100, any object that does not exist or that the token may not see.</summary>
    public const int PhoneNumberDeleted = 33;

    /// <summary>A parameter is unknown, misspelt or invalid.</summary>
    public const int InvalidParameter = 100;

    /// <summary>The access token is invalid or has expired.</summary>
    public const int AccessTokenInvalid = 190;

    /// <summary>The first of the codes for missing permissions, 200 to 299.</summary>
    public const int PermissionMissing = 200;

    /// <summary>The last of the codes for missing permissions, 200 to 299.</summary>
    public const int PermissionMissingLast = 299;

    /// <summary>The account is blocked for a while for breaking Meta's policies.</summary>
    public const int PolicyBlock = 368;

    /// <summary>Too many calls of this method, such as asking for call permissions; it was 138013.</summary>
    public const int CallRateLimit = 613;

    /// <summary>The WhatsApp Business Account has reached its limit of calls.</summary>
    public const int AccountRateLimit = 80007;

    /// <summary>The request failed for a reason that Meta does not name.</summary>
    public const int GenericUserError = 135000;

    /// <summary>The same onboarding request was made before.</summary>
    public const int DuplicateOnboarding = 1752041;
}
