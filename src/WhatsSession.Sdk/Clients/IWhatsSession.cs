namespace WhatsSession;

/// <summary>The entry point of the SDK. It gives you business numbers, and a business number gives you conversations.</summary>
public interface IWhatsSession
{
    /// <summary>The business number of this name.</summary>
    /// <param name="name">The name it has in the options, compared without case.</param>
    /// <exception cref="ArgumentException">There is no number of this name; the message lists the names.</exception>
    BusinessNumber Number(string name);

    /// <summary>The business number with this id.</summary>
    /// <exception cref="ArgumentException">There is no number with this id; the message lists the ids.</exception>
    BusinessNumber Number(PhoneNumberId id);
}
