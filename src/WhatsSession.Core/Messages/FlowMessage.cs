using WhatsSession.Messages;

namespace WhatsSession;

/// <summary>A text with a button that opens a WhatsApp Flow. The answer comes as <c>nfm_reply</c>.</summary>
/// <remarks>
/// <see href="https://developers.facebook.com/documentation/business-messaging/whatsapp/flows">Meta, read November 2025.</see> The message uses version 3 of
/// the flow protocol.
/// </remarks>
public sealed record FlowMessage : InteractiveMessage
{
    /// <summary>Makes the message; set <see cref="FlowId"/> or <see cref="FlowName"/> too.</summary>
    /// <param name="body">The text above the button: 1 to 1,024 characters.</param>
    /// <param name="button">The label of the button: 1 to 30 characters; Meta recommends at most 20 and no emoji.</param>
    /// <param name="action">How the flow starts.</param>
    /// <exception cref="ArgumentNullException"><paramref name="action"/> is null.</exception>
    public FlowMessage(string body, string button, FlowAction action)
        : base(body)
    {
        ArgumentNullException.ThrowIfNull(action);
        Button = button;
        Action = action;
    }

    /// <summary>What stands above the body.</summary>
    /// <value>Null by default: no header.</value>
    public MessageHeader? Header { get; init; }

    /// <summary>The label of the button.</summary>
    public string Button { get; init; }

    /// <summary>How the flow starts.</summary>
    public FlowAction Action { get; init; }

    /// <summary>Meta's id of the flow. Either this or <see cref="FlowName"/>.</summary>
    /// <value>Null by default.</value>
    public string? FlowId { get; init; }

    /// <summary>The name of the flow. Either this or <see cref="FlowId"/>.</summary>
    /// <value>Null by default.</value>
    public string? FlowName { get; init; }

    /// <summary>Your own token. It comes back in requests to the flow's endpoint and in the answer.</summary>
    /// <value>Null by default.</value>
    public string? Token { get; init; }

    /// <summary>Whether the flow is opened as a draft, for tests.</summary>
    /// <value>False by default: the published flow.</value>
    public bool IsDraft { get; init; }

    /// <inheritdoc />
    public override string InteractiveKind => "flow";

    private protected override void Check(ref ViolationList violations)
    {
        base.Check(ref violations);
        Header?.Check(ref violations, "interactive.header");
        violations.Required("interactive.action.parameters.flow_cta", Button, 30);
        violations.Optional("interactive.action.parameters.flow_id", FlowId);
        violations.Optional("interactive.action.parameters.flow_name", FlowName);
        violations.Optional("interactive.action.parameters.flow_token", Token);
        if (FlowId is null == FlowName is null)
        {
            violations.Add("interactive.action.parameters", "needs either flow_id or flow_name");
        }

        if (Action is FlowAction.Navigate navigate)
        {
            violations.Required("interactive.action.parameters.flow_action_payload.screen", navigate.Screen);
            if (navigate.Data is { } data && data.AsSpan().Trim() is ['{', .. var inside, '}'] && inside.IsWhiteSpace())
            {
                violations.Add("interactive.action.parameters.flow_action_payload.data", "is an empty object; leave the data out");
            }
        }
    }
}
