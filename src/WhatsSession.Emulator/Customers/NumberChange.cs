namespace WhatsSession.Emulator.Customers;

/// <summary>A customer's change of phone number, and with it of user id.</summary>
/// <param name="Name">The profile name.</param>
/// <param name="OldPhone">The number before.</param>
/// <param name="NewPhone">The number now.</param>
/// <param name="OldUserId">The BSUID before.</param>
/// <param name="NewUserId">The BSUID now.</param>
/// <param name="Hidden">Neither number is shown.</param>
internal sealed record NumberChange(string Name, string OldPhone, string NewPhone, string OldUserId, string NewUserId, bool Hidden);
