namespace WhatsSession.Emulator;

/// <content>What a customer does in a group.</content>
public sealed partial class EmulatedCustomer
{
    /// <summary>Writes a text in a group. The group's window opens, and not the customer's own.</summary>
    /// <param name="text">The text.</param>
    /// <param name="groupId">The group.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="ArgumentException">There is no such group.</exception>
    /// <exception cref="InvalidOperationException">The customer is not in it.</exception>
    public Task<string> SaysInGroupAsync(string text, string groupId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var group = Joined(groupId);
        return _meta.ReceiveAsync(new(this, group.Number, "text", json => WriteText(json, text)) { Group = group }, cancellationToken);
    }

    /// <summary>Sends a file to a group. The group's window opens, and not the customer's own.</summary>
    /// <param name="media">The file.</param>
    /// <param name="groupId">The group.</param>
    /// <param name="cancellationToken">Stops the waiting; the message is on its way.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="ArgumentException">There is no such group, or the type is not one of media.</exception>
    /// <exception cref="InvalidOperationException">The customer is not in it.</exception>
    public Task<string> SendsInGroupAsync(CustomerMedia media, string groupId, CancellationToken cancellationToken = default)
    {
        var group = Joined(groupId);
        return SendMediaAsync(Checked(media), group.Number, group, cancellationToken);
    }

    private EmulatedGroup Joined(string groupId)
    {
        ArgumentNullException.ThrowIfNull(groupId);
        var group = _meta.Groups.Find(groupId) ?? throw new ArgumentException("The emulator has no group of that id: add it with AddGroup.", nameof(groupId));
        return group.Participants.Contains(this) ? group : throw new InvalidOperationException($"{this} is not in that group: name them among its participants.");
    }
}
