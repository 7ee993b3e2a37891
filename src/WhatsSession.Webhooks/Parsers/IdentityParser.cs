using System.Text.Json;
using WhatsSession.Shared;

namespace WhatsSession.Parsers;

/// <summary>Reads changes of user ids and of preferences.</summary>
internal static class IdentityParser
{
    /// <summary>Reads one element of <c>user_id_update</c>; null when it is none.</summary>
    public static UserIdUpdated? UserId(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var update = new UserIdUpdated();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "wa_id":
                    update.Phone = ContactParser.ReadCustomer(ref reader);
                    break;
                case "detail":
                    update.Detail = JsonText.Read(ref reader);
                    break;
                case "timestamp":
                    update.Timestamp = Timestamps.Read(ref reader);
                    break;
                case "user_id":
                    (update.PreviousBusinessScopedId, update.BusinessScopedId) = Change(ref reader);
                    break;
                case "parent_user_id":
                    (update.PreviousParentBusinessScopedId, update.ParentBusinessScopedId) = Change(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return update.PreviousBusinessScopedId is null && update.BusinessScopedId is null ? null : update;
    }

    /// <summary>Reads one element of <c>user_preferences</c>; null when it is none.</summary>
    public static UserPreferenceChanged? Preference(ref Utf8JsonReader reader)
    {
        Span<char> room = stackalloc char[JsonText.LongestName];
        var change = new UserPreferenceChanged();
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "wa_id":
                    change.Phone = ContactParser.ReadCustomer(ref reader);
                    break;
                case "user_id":
                    change.BusinessScopedId = ContactParser.ReadCustomer(ref reader);
                    break;
                case "parent_user_id":
                    change.ParentBusinessScopedId = ContactParser.ReadCustomer(ref reader);
                    break;
                case "detail":
                    change.Detail = JsonText.Read(ref reader);
                    break;
                case "category":
                    change.Category = new PreferenceCategory(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "value":
                    change.Choice = new PreferenceChoice(Utf8Interner.Read(ref reader) ?? "");
                    break;
                case "signup_id":
                    change.SignupId = JsonText.ReadId(ref reader);
                    break;
                case "timestamp":
                    change.Timestamp = Timestamps.Read(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return change.Choice == default ? null : change;
    }

    private static (CustomerId? Previous, CustomerId? Current) Change(ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return default;
        }

        Span<char> room = stackalloc char[JsonText.LongestName];
        CustomerId? previous = null, current = null;
        while (JsonText.NextName(ref reader, room, out var length))
        {
            switch (room[..length])
            {
                case "previous":
                    previous = ContactParser.ReadCustomer(ref reader);
                    break;
                case "current":
                    current = ContactParser.ReadCustomer(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (previous, current);
    }
}
