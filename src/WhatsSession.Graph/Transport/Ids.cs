using System.Runtime.CompilerServices;

namespace WhatsSession.Transport;

/// <summary>Checks what becomes a part of an address.</summary>
internal static class Ids
{
    public static void ThrowIfNone(PhoneNumberId number, [CallerArgumentExpression(nameof(number))] string name = "")
    {
        if (number == default)
        {
            throw new ArgumentException("There is no phone number id.", name);
        }
    }

    public static void ThrowIfNone(BusinessAccountId account, [CallerArgumentExpression(nameof(account))] string name = "")
    {
        if (account == default)
        {
            throw new ArgumentException("There is no WhatsApp Business Account id.", name);
        }
    }

    public static void ThrowIfNone(MessageId message, [CallerArgumentExpression(nameof(message))] string name = "")
    {
        if (message == default)
        {
            throw new ArgumentException("There is no message id.", name);
        }
    }

    public static void ThrowIfNoDigits(string id, [CallerArgumentExpression(nameof(id))] string name = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(id, name);
        if (!BusinessAccountId.TryParse(id, out _))
        {
            throw new ArgumentException("Meta's ids are 1 to 32 digits.", name);
        }
    }
}
