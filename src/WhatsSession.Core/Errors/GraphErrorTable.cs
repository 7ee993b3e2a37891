using System.Collections.Frozen;
using NodaTime;
using static NodaTime.Duration;
using static WhatsSession.GraphErrorCategory;
using static WhatsSession.GraphErrorCodes;

namespace WhatsSession.Errors;

/// <summary>What is known of each of Meta's codes, and what to do where nothing is.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes">Meta, read 12 December 2025,
/// and what came since to November 2026.</see>
/// Where Meta says to back off without saying how long, the waits are ours.
/// </remarks>
internal static class GraphErrorTable
{
    private static readonly GraphRetry.Never NeverAgain = new();

    private static readonly FrozenDictionary<int, GraphErrorEntry> Entries = new GraphErrorEntry[]
    {
        Once(AuthenticationFailed, Configuration, "the access token is renewed", "Get a new access token and put it into the options."),
        Wait(UnknownApiError, Unavailable, FromSeconds(5), 2, "Try again a few times; if it stays, check the request against Meta's reference."),
        Wait(ServiceDown, Unavailable, FromSeconds(10), 2, "Wait and try again, with growing waits; see Meta's status page."),
        Once(CapabilityMissing, Configuration, "the app has the capability and the token the permission",
            "Give the app the capability and the token the permissions whatsapp_business_messaging and whatsapp_business_management."),
        Wait(AppRateLimit, RateLimited, FromMinutes(1), 2, "Wait and try again, with growing waits; make fewer calls, the app's dashboard shows how many."),
        Once(PermissionDenied, Configuration, "the permission is granted",
            "Grant the token the permissions whatsapp_business_messaging and whatsapp_business_management."),
        Once(PhoneNumberDeleted, Configuration, "the id and the token belong together", "Check the id, and that the token may see it."),
        Never(InvalidParameter, InvalidRequest, "Correct the parameter that the details name."),
        Once(AccessTokenInvalid, Configuration, "the access token is renewed",
            "Get a new access token, best one of a system user that does not expire, and put it into the options."),
        Once(PermissionMissing, Configuration, "the permission is granted", "Grant the token the permission that the message names."),
        Once(PermissionMissingLast, Configuration, "the permission is granted", "Grant the token the permission that the message names."),
        Wait(PolicyBlock, Restricted, FromDays(1), 1, "Read the policy violation in the business manager; wait until the block ends."),
        Wait(CallRateLimit, RateLimited, FromMinutes(1), 2, "Wait and try again, with growing waits."),
        Wait(AccountRateLimit, RateLimited, FromMinutes(1), 2, "Wait and try again, with growing waits; make fewer calls for this account."),
        Never(GenericUserError, InvalidRequest, "Check the request against Meta's reference; ask Meta's support with the trace id."),
        Never(DuplicateOnboarding, InvalidRequest, "Use the result of the earlier request."),
        Wait(ThroughputReached, RateLimited, FromSeconds(1), 2, "Wait and send again, with growing waits; send more slowly."),
        Once(CustomerInExperiment, Consent, "the customer writes", "Do not send it again; it can be delivered once the customer has written."),
        Never(CountryRestricted, InvalidRequest, "Use another channel for this country."),
        Never(GroupMessageUnsupported, InvalidRequest, "Nothing to do: ask the customer to send it in another form."),
        Wait(SomethingWentWrong, Unavailable, FromSeconds(5), 2, "Try again a few times; ask Meta's support with the trace id if it stays."),
        Once(AccessDenied, Configuration, "the permission is granted",
            "Grant the token the permissions whatsapp_business_messaging and whatsapp_business_management."),
        Never(ParameterMissing, InvalidRequest, "Add the parameter that the details name."),
        Never(ParameterInvalid, InvalidRequest, "Correct the parameter that the details name."),
        Wait(ServiceUnavailable, Unavailable, FromSeconds(10), 2, "Wait and send again, with growing waits; see Meta's status page."),
        Never(GroupHasOneMember, InvalidRequest, "Send when a customer has joined the group."),
        Never(RecipientIsSender, InvalidRequest, "Send to another number."),
        Never(Undeliverable, InvalidRequest, "Reach the customer on another channel."),
        Once(RecipientNotAllowed, Configuration, "the recipient is on the list",
            "Add the recipient to the test number's list in the app's dashboard, or use a real number."),
        Once(AccountLocked, Configuration, "the account is unlocked", "Look into the business manager for the reason, and appeal or correct it."),
        Never(NoStorageWebhookLate, InvalidRequest, "Keep the webhook endpoint reachable; the message is gone."),
        Never(NoStorageReceiptLate, InvalidRequest, "Send the content as a new message if it is still of use."),
        Once(DisplayNameNotApproved, Configuration, "the display name is approved", "Set a display name and wait for its approval."),
        Never(GroupUnknown, InvalidRequest, "Check the group id."),
        Once(PaymentIssue, Configuration, "the payment method is put right", "Put the payment method of the account right in the business manager."),
        Never(MessageExpired, InvalidRequest, "Send a new message if the content is still of use."),
        Once(CallingPaymentIssue, Configuration, "the payment method is put right", "Put the payment method of the account right in the business manager."),
        Once(RegistrationProblem, Configuration, "the number is registered again", "Register the number again."),
        Once(ReEngagementRequired, WindowClosed, "the customer writes",
            "The customer service window is closed: send an approved template message, or wait until the customer writes."),
        Wait(SpamRateLimit, Restricted, FromHours(1), 2, "Check the number's quality in the business manager; send less, and only what customers asked for."),
        Wait(EngagementLimit, Restricted, FromDays(1), 2, "Wait at least 24 hours, and longer each time; once the customer has written, it can be delivered."),
        Once(MarketingStopped, Consent, "the customer resumes marketing messages",
            "Send this customer no marketing until the customer resumes it; other categories still go."),
        Never(MessageTypeUnsupported, InvalidRequest, "Send another type of message."),
        Never(MediaDownloadFailed, InvalidRequest, "Ask the customer to send it in another form."),
        Never(MediaUploadFailed, InvalidRequest, "Check the medium's type and codec, and that its link is public."),
        Never(MethodNotAllowed, InvalidRequest, "Send it as an ordinary message."),
        Wait(PairRateLimit, RateLimited, FromSeconds(1), 4, "Wait and send again, each wait four times the last; other customers are not affected."),
        Wait(MaintenanceMode, Unavailable, FromMinutes(1), 1, "Wait a minute and send again."),
        Never(CursorInvalid, InvalidRequest, "Read the list again from its start, without a cursor."),
        Wait(CampaignRecipientLimit, Restricted, FromDays(1), 1, "Wait a day, or send to fewer customers with this template."),
        Never(UserIdNotSupported, InvalidRequest, "Send it to the customer's phone number."),
        Once(MarketingDisabled, Configuration, "the account's setting is changed",
            "Send it through the Marketing Messages API, or change the account's setting."),
        Wait(ClassificationLimit, Restricted, FromDays(1), 1, "Put templates into the right category; wait until the limit ends."),
        Never(MessageError131065, InvalidRequest, "Correct the request as the details say."),
        Once(ThreadNotOwned, Consent, "this app holds the conversation",
            "Another app holds the conversation: take control of it, wait until it is released, or send an approved template message."),
        Once(PaymentTermsNotAccepted, Configuration, "the terms are accepted", "Accept the terms of WhatsApp payments in the business manager."),
        Never(NotMarketing, InvalidRequest, "Send it as an ordinary message."),
        Wait(TemplateSyncing, Unavailable, FromMinutes(10), 1, "Wait ten minutes and send again."),
        Once(MarketingApiUnavailable, Configuration, "the account can use the API", "Send it as an ordinary message, or set the Marketing Messages API up."),
        Once(IdentityChanged, Consent, "the customer's identity is checked",
            "Make sure who the customer is; then send with the present identity hash, or without one."),
        Once(DirectSendBlocked, Configuration, "the block is lifted", "Send an approved template; read the account's restrictions in the business manager."),
        Once(ThreadTakeNotAllowed, Configuration, "the app is the escalation partner", "Configure the app as the escalation partner."),
        Never(TemplateParameterCount, InvalidRequest, "Give each placeholder of the template one value; TemplateDefinition.Check says which is wrong."),
        Once(TemplateMissing, Configuration, "the template is approved", "Check the template's name and language, and that it is approved in this account."),
        Never(TemplateTextTooLong, InvalidRequest, "Shorten the values."),
        Never(TemplateContentViolation, InvalidRequest, "Send another template; read the policy violation in the business manager."),
        Never(TemplateValueInvalid, InvalidRequest, "Correct the value that the details name."),
        Never(TemplateParameterMismatch, InvalidRequest, "Give the kind of value that the template asks for; TemplateDefinition.Check says which is wrong."),
        Wait(TemplatePaused, Restricted, FromHours(3), 2, "Send another template until the pause ends; improve this one."),
        Never(TemplateDisabled, Configuration, "Create a new template and send that."),
        Never(TemplateParametersInvalid, InvalidRequest,
            "Correct what the details name; line breaks, tabs and more than four spaces in a row are not allowed."),
        Once(FlowBlocked, Configuration, "the flow is put right", "Put the flow right in the flow builder."),
        Wait(FlowThrottled, RateLimited, FromMinutes(6), 2, "Wait and send again; put the flow's health right."),
        Once(FlowIntegrity, Configuration, "the flow is put right", "Put the flow right in the flow builder."),
        Once(FlowNotUpdated, Configuration, "the flow is put right", "Check the flow's state and its JSON."),
        Once(FlowNotPublished, Configuration, "the flow is put right", "Put right what the flow builder reports, then publish it."),
        Once(FlowNotDeprecated, Configuration, "the flow is published", "Only a published flow can be deprecated."),
        Once(FlowNotDeleted, Configuration, "the flow is a draft", "Only a draft can be deleted; deprecate a published flow."),
        Once(TemplateInsightsUnavailable, Configuration, "insights are available", "Enable insights into templates in the business manager."),
        Once(TemplateInsightsFixed, Configuration, "the setting may be changed", "Leave them enabled."),
        Once(TemplateInsightsDisabled, Configuration, "insights are enabled", "Enable insights into templates in the business manager."),
        Never(TemplateLimit, InvalidRequest, "Delete templates that are not needed, or verify the business to raise the limit."),
        Never(TemplateFieldTooLong, InvalidRequest, "Shorten the field that the message names."),
        Never(TemplateHeaderInvalid, InvalidRequest, "Correct the header: one placeholder at most, no markup, no emoji."),
        Never(TemplateBodyInvalid, InvalidRequest, "Correct the body: its placeholders and their examples."),
        Never(TemplateFooterInvalid, InvalidRequest, "Correct the footer: no placeholders."),
        Never(TemplateWordRatio, InvalidRequest, "Write more text, or use fewer placeholders."),
        Never(TemplateEdgeParameters, InvalidRequest, "Put text before the first placeholder and after the last."),
        Never(GeneratedTemplateNotEditable, InvalidRequest, "Create a template of your own."),
        Never(GeneratedTemplateNotDeletable, InvalidRequest, "Leave it: it does no harm."),
        Never(GroupPartialSuccess, InvalidRequest, "Look at each participant's own error."),
        Never(GroupDuplicateParticipant, InvalidRequest, "Name each participant once."),
        Never(GroupOverLimit, InvalidRequest, "Remove a participant first, or use another group."),
        Never(GroupSuspended, InvalidRequest, "Use another group."),
        Wait(GroupRateLimit, RateLimited, FromMinutes(1), 2, "Wait and try again, with growing waits."),
        Never(GroupImageRatio, InvalidRequest, "Give a square image."),
        Never(GroupImageTooSmall, InvalidRequest, "Give a larger image."),
        Never(GroupLimit, InvalidRequest, "Delete a group that is not needed."),
        Never(NotInGroup, InvalidRequest, "Check the participant and the group id."),
        Never(JoinRequestMissing, InvalidRequest, "Read the requests to join again."),
        Never(GroupCreationDisabled, InvalidRequest, "Read the account's restrictions in the business manager."),
        Never(GroupsNotEligible, InvalidRequest, "Use an official business account with a messaging limit that allows groups."),
        Wait(DeregistrationIncomplete, Unavailable, FromMinutes(1), 2, "Deregister the number again, then register it."),
        Wait(ServerUnavailable, Unavailable, FromSeconds(10), 2, "Wait and try again, with growing waits; see Meta's status page."),
        Once(PinMismatch, Configuration, "the right PIN is given", "Give the right PIN, or set a new one."),
        Once(VerificationNeeded, Configuration, "the number is verified", "Verify the phone number, then register it."),
        Wait(PinGuesses, Restricted, FromHours(1), 2, "Wait as long as the details say, then give the right PIN."),
        Wait(PinTooFast, RateLimited, FromMinutes(1), 2, "Wait as long as the details say, then give the PIN again."),
        Once(NumberNotRegistered, Configuration, "the number is registered", "Register the phone number."),
        Wait(NumberDeletedLately, Unavailable, FromMinutes(5), 1, "Wait five minutes and register it again."),
        Wait(RegistrationRateLimit, Restricted, FromHours(72), 1, "Wait 72 hours."),
        Once(CallingNotEnabled, Configuration, "calls are enabled", "Enable calls in the number's settings."),
        Never(CustomerNotCallable, InvalidRequest, "Write to the customer."),
        Wait(ConcurrentCallLimit, RateLimited, FromMinutes(1), 2, "Call again when another call has ended."),
        Never(DuplicateCall, InvalidRequest, "Use the call that there is."),
        Wait(CallConnectionFailed, Unavailable, FromSeconds(5), 2, "Call again; check the session description if it stays."),
        Wait(CallRateLimitReached, RateLimited, FromMinutes(1), 2, "Wait and call again, with growing waits."),
        Once(CallPermissionMissing, Consent, "the customer allows calls", "Ask the customer with a call permission request."),
        Wait(CallTimedOut, Unavailable, FromSeconds(5), 2, "Call again."),
        Wait(CallPermissionRequestLimit, Restricted, FromDays(1), 1, "Wait 24 hours, or write to the customer."),
        Wait(BusinessCallLimit, Restricted, FromDays(1), 1, "Wait 24 hours, or write to the customer."),
        Wait(CallPermissionRateLimit, RateLimited, FromMinutes(1), 2, "Wait and try again, with growing waits."),
        Never(CallError138017, InvalidRequest, "Correct the request as the details say."),
        Once(CallingPrerequisites, Configuration, "the number meets them", "Put right what the details name."),
        Never(CallError138038, InvalidRequest, "Correct the request as the details say."),
        Never(BlockedInPart, InvalidRequest, "Look at each customer's own error."),
        Never(BlockListFull, InvalidRequest, "Unblock customers first."),
        Wait(BlockListBusy, Unavailable, FromSeconds(5), 2, "Wait and try again."),
        Wait(BlockListError, Unavailable, FromSeconds(5), 2, "Try again a few times."),
        Never(UsernameUnavailable, InvalidRequest, "Choose another username."),
        Once(UsernameNotEligible, Configuration, "the number is eligible", "Read in the business manager what is missing."),
        Once(UsernameOnFacebook, Configuration, "the page is linked", "Link the Facebook page, or choose another username."),
        Once(UsernameOnInstagram, Configuration, "the account is linked", "Link the Instagram account, or choose another username."),
        Once(UsernameTransferRequired, Configuration, "the username is transferred", "Transfer the username, or choose another."),
        Once(MigrationRefused, Configuration, "the number can be moved", "Put right what the message names, then move the number again."),
        Once(MigrationNumberPresent, Configuration, "the number is not in the destination account",
            "Check the destination account: the number may be where it belongs."),
        Once(MigrationVerificationUnavailable, Configuration, "the number is being moved", "Register and verify the number in the ordinary way."),
        Once(MigrationVerificationRefused, Configuration, "the number is being moved", "Register and verify the number in the ordinary way."),
        Once(MigrationPrerequisite, Configuration, "the number can be moved", "Put right what the message names, then move the number again."),
        Once(MigrationNotPossible, Configuration, "the number can be moved", "Put right what the message names, then move the number again."),
        Never(SignupError, InvalidRequest, "Correct the request as the message says."),
        Never(SignupErrorLast, InvalidRequest, "Correct the request as the message says."),
        Never(OnBehalfLimit, InvalidRequest, "Correct the request as the message says."),
        Never(OnBehalfNotAllowed, InvalidRequest, "Correct the request as the message says."),
        Never(SyncLimit, InvalidRequest, "Use what the earlier synchronisation brought."),
        Never(SyncWindowOver, InvalidRequest, "Onboard the number again to synchronise it."),
    }.ToFrozenDictionary(entry => entry.Code);

    /// <summary>What is known of a code; null when nothing is.</summary>
    public static GraphErrorEntry? Find(int code) => code switch
    {
        > PermissionMissing and < PermissionMissingLast => Entries[PermissionMissing],
        > SignupError and < SignupErrorLast => Entries[SignupError],
        _ when Entries.TryGetValue(code, out var entry) => entry,
        // Meta documents the range, not each code in it.
        > GroupPartialSuccess and < GroupsNotEligible => Never(code, InvalidRequest, "Correct the request as the message says."),
        _ => null,
    };

    /// <summary>What to do about an error. Errors of template management have the code 100, and a subcode that says more.</summary>
    public static GraphAdvice AdviceOn(GraphError error)
    {
        if (error is { Code: InvalidParameter, Subcode: { } subcode } && Find(subcode) is { } precise)
        {
            return precise.Advice;
        }

        // Meta's own code 0 comes with a type. Without one the answer is another's, and its status tells more than the category does.
        if (error is { Code: 0, Type.Length: 0, Category: Configuration, HttpStatus: { } status })
        {
            return ByStatus(status);
        }

        // A failure before any answer has the code 0 as well, but not its category.
        return Find(error.Code) is { } known && known.Category == error.Category ? known.Advice : ByCategory(error);
    }

    private static GraphAdvice ByStatus(int status) => status switch
    {
        (>= 300 and < 400) or 404 or 405 or 410 or 421 => new(
            "Something other than the Graph API answered: check its address (https://graph.facebook.com) and its version.",
            new GraphRetry.Once("the address is put right")),
        401 or 403 => new(
            "Check the access token and its permissions, and whether a gateway or firewall refused the request.",
            new GraphRetry.Once("the token has the permission")),
        407 => new("Check the proxy and its credentials.", new GraphRetry.Once("the proxy lets the request through")),
        413 => new("Make the request smaller, or raise the limit of the gateway that refused it.", NeverAgain),
        _ => new("Check the address of the API and what stands between it and this machine.", new GraphRetry.Once("the configuration is put right")),
    };

    private static GraphAdvice ByCategory(GraphError error) => error.Category switch
    {
        NotReached => new("Meta was not reached and has nothing of the request: check the network, then try again.", new GraphRetry.Wait(FromSeconds(5), 2)),
        InvalidRequest => new("Correct the request as the message says.", NeverAgain),
        Configuration => new("Check the account, the token, the number and the address of the API.", new GraphRetry.Once("the configuration is put right")),
        WindowClosed => Entries[ReEngagementRequired].Advice,
        Consent => new("Do not send this message to this customer.", new GraphRetry.Once("the customer agrees")),
        RateLimited => new("Wait and try again, with growing waits.", new GraphRetry.Wait(FromSeconds(5), 2)),
        Unavailable => new(
            "Try again later; what was asked for may have been done, so look first where that matters.",
            new GraphRetry.Wait(FromSeconds(10), 2)),
        Restricted => new("Wait some hours; read the account's restrictions in the business manager.", new GraphRetry.Wait(FromHours(1), 2)),
        _ => error.HttpStatus switch
        {
            429 => new("Wait and try again, with growing waits.", new GraphRetry.Wait(FromSeconds(5), 2)),
            401 or 403 => new("Check the access token and its permissions.", new GraphRetry.Once("the token has the permission")),
            >= 500 => new("Try again later; what was asked for may have been done, so look first where that matters.", new GraphRetry.Wait(FromSeconds(10), 2)),
            _ => new("The code is unknown to this version: read the message, and ask Meta's support with the trace id.", NeverAgain),
        },
    };

    private static GraphErrorEntry Never(int code, GraphErrorCategory category, string text) => new(code, category, new GraphAdvice(text, NeverAgain));

    private static GraphErrorEntry Once(int code, GraphErrorCategory category, string what, string text) =>
        new(code, category, new GraphAdvice(text, new GraphRetry.Once(what)));

    private static GraphErrorEntry Wait(int code, GraphErrorCategory category, Duration first, int factor, string text) =>
        new(code, category, new GraphAdvice(text, new GraphRetry.Wait(first, factor)));
}
