using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>Reads changes of user ids and of preferences.</summary>
internal static class IdentityParser
{
    /// <summary>What one element of <c>user_id_update</c> says; null when it is none.</summary>
    public static UserIdUpdated? UserId(in ObjectReader o)
    {
        var user = o.Object("user_id"u8);
        var parent = o.Object("parent_user_id"u8);
        var update = new UserIdUpdated
        {
            Phone = o.Customer("wa_id"u8),
            Detail = o.Text("detail"u8),
            Timestamp = o.Timestamp(),
            PreviousBusinessScopedId = user.Customer("previous"u8),
            BusinessScopedId = user.Customer("current"u8),
            PreviousParentBusinessScopedId = parent.Customer("previous"u8),
            ParentBusinessScopedId = parent.Customer("current"u8),
        };
        return update is { PreviousBusinessScopedId: null, BusinessScopedId: null } ? null : update;
    }

    /// <summary>What one element of <c>user_preferences</c> says; null when it is none.</summary>
    public static UserPreferenceChanged? Preference(in ObjectReader o) => o.Word("value"u8) is not { } choice ? null : new UserPreferenceChanged
    {
        Phone = o.Customer("wa_id"u8),
        BusinessScopedId = o.Customer("user_id"u8),
        ParentBusinessScopedId = o.Customer("parent_user_id"u8),
        Detail = o.Text("detail"u8),
        Category = o.Word("category"u8, static name => new PreferenceCategory(name)),
        Choice = new PreferenceChoice(choice),
        SignupId = o.Id("signup_id"u8),
        Timestamp = o.Timestamp(),
    };
}
