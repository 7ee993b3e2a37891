using System.Text.Json;
using WhatsSession.Shared;
using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>Reads one element of <c>groups</c>; null where it says nothing of a group.</summary>
internal static class GroupParser
{
    public static GroupLifecycleChanged? Lifecycle(in ObjectReader o) => o.Word("type"u8) is not { } action ? null : new GroupLifecycleChanged
    {
        Action = new GroupAction(action),
        Timestamp = o.Timestamp(),
        Group = o.Group("group_id"u8),
        RequestId = o.Id("request_id"u8),
        Reason = o.Text("reason"u8),
        Errors = o.Errors(),
        Subject = o.Text("subject"u8),
        Description = o.Text("description"u8),
        InviteLink = o.Text("invite_link"u8),
        JoinMode = o.Word("join_approval_mode"u8, static name => new GroupJoinMode(name)),
    };

    public static GroupParticipantsChanged? Participants(in ObjectReader o)
    {
        if (o.Word("type"u8) is not { } action)
        {
            return null;
        }

        var (phone, user) = (o.Customer("wa_id"u8), o.Customer("user_id"u8));
        return new GroupParticipantsChanged
        {
            Action = new GroupAction(action),
            Timestamp = o.Timestamp(),
            Group = o.Group("group_id"u8),
            RequestId = o.Id("request_id"u8),
            Reason = o.Text("reason"u8),
            Errors = o.Errors(),
            Added = o.List("added_participants"u8, Participant),
            Removed = o.List("removed_participants"u8, Participant),
            Failed = o.List("failed_participants"u8, Participant),
            JoinRequestId = o.Id("join_request_id"u8),
            InitiatedBy = o.Text("initiated_by"u8),
            Requester = phone is null && user is null ? null : new GroupParticipant { Phone = phone, BusinessScopedId = user },
        };
    }

    public static GroupSettingsChanged? Settings(in ObjectReader o) => o.Word("type"u8) is not { } action ? null : new GroupSettingsChanged
    {
        Action = new GroupAction(action),
        Timestamp = o.Timestamp(),
        Group = o.Group("group_id"u8),
        RequestId = o.Id("request_id"u8),
        Reason = o.Text("reason"u8),
        Errors = o.Errors(),
        Subject = o.Object("group_subject"u8, Setting),
        Description = o.Object("group_description"u8, Setting),
        Picture = o.Object("profile_picture"u8, Setting),
    };

    public static GroupStatusChanged? Status(in ObjectReader o) => o.Word("type"u8) is not { } action ? null : new GroupStatusChanged
    {
        Action = new GroupAction(action),
        Timestamp = o.Timestamp(),
        Group = o.Group("group_id"u8),
        RequestId = o.Id("request_id"u8),
        Reason = o.Text("reason"u8),
        Errors = o.Errors(),
    };

    private static GroupSetting Setting(in ObjectReader o) => new()
    {
        Text = o.Text("text"u8),
        MimeType = o.Text("mime_type"u8),
        Sha256 = o.Text("sha256"u8),
        IsUpdated = o.Value<bool?>("update_successful"u8, static (ref Utf8JsonReader reader) => JsonText.ReadBoolean(ref reader)),
        Errors = o.Errors(),
    };

    private static GroupParticipant Participant(in ObjectReader o) => new()
    {
        Phone = o.Customer("wa_id"u8),
        BusinessScopedId = o.Customer("user_id"u8),
        Username = o.Value("username"u8, ContactParser.ReadUsername),
        Input = o.Text("input"u8),
        Errors = o.Errors(),
    };
}
