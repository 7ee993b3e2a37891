namespace WhatsSession;

/// <summary>How a customer service window stands at a moment.</summary>
public enum WindowState
{
    /// <summary>There is not enough history to know; not the same as closed.</summary>
    Unknown = 0,

    /// <summary>The customer has never opened a window with this number.</summary>
    NeverOpened,

    /// <summary>Session messages may be sent.</summary>
    Open,

    /// <summary>Still open, and closing within the lead that the policy sets (1 hour by default).</summary>
    Closing,

    /// <summary>Only template messages may be sent until the customer writes.</summary>
    Closed,
}
