namespace WhatsSession.Reading;

/// <summary>What is known of the webhook fields. The field decides how a value is read, never which array is present: history and standby carry arrays of messages too.</summary>
internal static class WebhookFields
{
    public const string Messages = "messages";

    /// <param name="field">The field; null where a change names none and is read as if it were <c>messages</c>.</param>
    public static FieldShape ShapeOf(string? field) => field is null or Messages ? FieldShape.Messages : field switch
    {
        "calls" or "standby" or "history" or "smb_message_echoes" or "message_echoes" or "smb_app_state_sync" => FieldShape.Arrays,
        "user_preferences" or "user_id_update" => FieldShape.Arrays,
        "group_lifecycle_update" or "group_participants_update" or "group_participant_update" or "group_settings_update" or "group_status_update" => FieldShape.Arrays,
        _ => FieldShape.Value,
    };

    /// <summary>The lane of the elements of an array; null when the array is none of the field's.</summary>
    public static EventLane? LaneOf(string? field, scoped ReadOnlySpan<byte> array)
    {
        if (array.SequenceEqual("errors"u8))
        {
            return EventLane.Account;
        }

        if (field is null or Messages)
        {
            return array.SequenceEqual("messages"u8) ? EventLane.Live : array.SequenceEqual("statuses"u8) ? EventLane.Status : null;
        }

        return field switch
        {
            "calls" => array.SequenceEqual("calls"u8) || array.SequenceEqual("statuses"u8) ? EventLane.Call : null,
            "standby" => array.SequenceEqual("messages"u8) || array.SequenceEqual("statuses"u8) ? EventLane.Standby : array.SequenceEqual("message_echoes"u8) ? EventLane.Echo : null,
            "history" => array.SequenceEqual("messages"u8) ? EventLane.History : null,
            "smb_message_echoes" or "message_echoes" => array.SequenceEqual("message_echoes"u8) ? EventLane.Echo : null,
            "smb_app_state_sync" => array.SequenceEqual("state_sync"u8) ? EventLane.Account : null,
            "user_preferences" => array.SequenceEqual("user_preferences"u8) ? EventLane.Account : null,
            "user_id_update" => array.SequenceEqual("user_id_update"u8) ? EventLane.Account : null,
            _ => array.SequenceEqual("groups"u8) ? EventLane.Account : null,
        };
    }
}
