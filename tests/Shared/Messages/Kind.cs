namespace WhatsSession.Tests;

/// <summary>One row of the matrix.</summary>
/// <param name="Name">Its name, which the scripts of the clients use too.</param>
/// <param name="Make">Makes the message.</param>
internal sealed record Kind(string Name, Func<SampleMedia, Message> Make)
{
    public static readonly PhoneNumberId Number = PhoneNumberId.Parse("314159265358979");

    /// <summary>Who it goes to.</summary>
    public ConversationKey To { get; init; } = new(Number, CustomerId.Parse("15550001234"));

    /// <summary>For what is no message: marks one as read, with the typing indicator or without.</summary>
    public bool? ReadWithTyping { get; init; }

    /// <summary>What it answers.</summary>
    public MessageId? ReplyTo { get; init; }

    /// <summary>The same kind of message beyond a limit of the platform; null when the platform sets none.</summary>
    public Func<Message>? Broken { get; init; }

    /// <summary>Why the platform sets no limit.</summary>
    public string? WhyUnlimited { get; init; }

    /// <summary>Why the emulator refuses it.</summary>
    public string? WhyRefused { get; init; }
}
