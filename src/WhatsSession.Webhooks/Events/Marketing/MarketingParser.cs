using WhatsSession.Wire;

namespace WhatsSession.Events;

/// <summary>Reads what becomes of marketing messages; null where an object has nothing of the notice.</summary>
internal static class MarketingParser
{
    /// <summary>What one element of <c>user_actions</c> says.</summary>
    public static UserActionReported? Action(in ObjectReader o)
    {
        if (o.Word("action_type"u8) is not { } action)
        {
            return null;
        }

        // Meta calls it after one of the actions; there is no other object.
        var data = o.ObjectBeside(default, default);
        return new UserActionReported
        {
            Action = new UserAction(action),
            Timestamp = o.Timestamp(),
            Component = data.Word("click_component"u8),
            ProductId = data.Id("product_id"u8),
            ClickId = data.Id("click_id"u8),
            TrackingToken = data.Text("tracking_token"u8),
        };
    }
}
