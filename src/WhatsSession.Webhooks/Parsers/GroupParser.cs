using System.Text.Json;
using WhatsSession.Shared;

namespace WhatsSession.Parsers;

/// <summary>Reads one element of <c>groups</c>.</summary>
internal static class GroupParser
{
    /// <summary>Reads the object that the reader stands on; null when it says nothing of a group.</summary>
    public static GroupEvent? Parse(string field, ref Utf8JsonReader reader)
    {
        GroupEvent read = field switch
        {
            "group_lifecycle_update" => new GroupLifecycleChanged(),
            "group_settings_update" => new GroupSettingsChanged(),
            "group_status_update" => new GroupStatusChanged(),
            _ => new GroupParticipantsChanged(),
        };
        Span<char> room = stackalloc char[JsonText.LongestName];
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "type":
                    read.Action = new GroupAction(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "timestamp":
                    read.Timestamp = Timestamps.Read(ref reader);
                    break;
                case "group_id":
                    read.Group = Group(ref reader);
                    break;
                case "request_id":
                    read.RequestId = JsonText.ReadId(ref reader);
                    break;
                case "reason":
                    read.Reason = JsonText.Read(ref reader);
                    break;
                case "errors":
                    read.Errors = GraphErrorReader.ReadAll(ref reader, read.Errors);
                    break;
                default:
                    ParseOwn(ref reader, room[..length], read);
                    break;
            }
        }

        return read.Action == default ? null : read;
    }

    private static void ParseOwn(ref Utf8JsonReader reader, scoped ReadOnlySpan<char> name, GroupEvent read)
    {
        switch (read)
        {
            case GroupLifecycleChanged lifecycle:
                Parse(ref reader, name, lifecycle);
                break;
            case GroupParticipantsChanged participants:
                Parse(ref reader, name, participants);
                break;
            case GroupSettingsChanged settings:
                Parse(ref reader, name, settings);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static void Parse(ref Utf8JsonReader reader, scoped ReadOnlySpan<char> name, GroupLifecycleChanged lifecycle)
    {
        switch (name)
        {
            case "subject":
                lifecycle.Subject = JsonText.Read(ref reader);
                break;
            case "description":
                lifecycle.Description = JsonText.Read(ref reader);
                break;
            case "invite_link":
                lifecycle.InviteLink = JsonText.Read(ref reader);
                break;
            case "join_approval_mode":
                lifecycle.JoinMode = new GroupJoinMode(Utf8Interner.Read(ref reader) ?? "");
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static void Parse(ref Utf8JsonReader reader, scoped ReadOnlySpan<char> name, GroupParticipantsChanged participants)
    {
        switch (name)
        {
            case "added_participants":
                participants.Added = JsonText.ReadList(ref reader, Participant);
                break;
            case "removed_participants":
                participants.Removed = JsonText.ReadList(ref reader, Participant);
                break;
            case "failed_participants":
                participants.Failed = JsonText.ReadList(ref reader, Participant);
                break;
            case "join_request_id":
                participants.JoinRequestId = JsonText.ReadId(ref reader);
                break;
            case "initiated_by":
                participants.InitiatedBy = JsonText.Read(ref reader);
                break;
            case "wa_id":
                (participants.Requester ??= new GroupParticipant()).Phone = ContactParser.ReadCustomer(ref reader);
                break;
            case "user_id":
                (participants.Requester ??= new GroupParticipant()).BusinessScopedId = ContactParser.ReadCustomer(ref reader);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static void Parse(ref Utf8JsonReader reader, scoped ReadOnlySpan<char> name, GroupSettingsChanged settings)
    {
        switch (name)
        {
            case "group_subject":
                settings.Subject = Setting(ref reader);
                break;
            case "group_description":
                settings.Description = Setting(ref reader);
                break;
            case "profile_picture":
                settings.Picture = Setting(ref reader);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static GroupSetting? Setting(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return null;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        var setting = new GroupSetting();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "text":
                    setting.Text = JsonText.Read(ref reader);
                    break;
                case "mime_type":
                    setting.MimeType = JsonText.Read(ref reader);
                    break;
                case "sha256":
                    setting.Sha256 = JsonText.Read(ref reader);
                    break;
                case "update_successful":
                    setting.IsUpdated = JsonText.ReadBoolean(ref reader);
                    break;
                case "errors":
                    setting.Errors = GraphErrorReader.ReadAll(ref reader, setting.Errors);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return setting;
    }

    private static GroupParticipant Participant(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var participant = new GroupParticipant();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "wa_id":
                    participant.Phone = ContactParser.ReadCustomer(ref reader);
                    break;
                case "user_id":
                    participant.BusinessScopedId = ContactParser.ReadCustomer(ref reader);
                    break;
                case "username":
                    participant.Username = ContactParser.ReadUsername(ref reader);
                    break;
                case "input":
                    participant.Input = JsonText.Read(ref reader);
                    break;
                case "errors":
                    participant.Errors = GraphErrorReader.ReadAll(ref reader, participant.Errors);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return participant;
    }

    private static GroupId? Group(ref Utf8JsonReader reader) => GroupId.TryParse(JsonText.ReadId(ref reader), out var group) ? group : null;
}
