namespace WhatsSession.Events;

/// <summary>What makes the events of a webhook field.</summary>
internal enum FieldShape
{
    /// <summary>The arrays of <c>messages</c>: messages and statuses.</summary>
    Messages,

    /// <summary>Arrays of the field's own.</summary>
    Arrays,

    /// <summary>The whole value: one event.</summary>
    Value,
}
