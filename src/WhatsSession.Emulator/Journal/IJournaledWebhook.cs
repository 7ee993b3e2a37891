namespace WhatsSession.Emulator.Journal;

/// <summary>A webhook as the journal keeps it.</summary>
internal interface IJournaledWebhook
{
    string Kind { get; }

    /// <summary>The phone number id; null for news of an account.</summary>
    string? NumberId { get; }

    string MessageId { get; }

    /// <summary>The array of Meta's JSON that it adds to; null for none.</summary>
    string? Array { get; }

    /// <summary>How many bytes it keeps in memory.</summary>
    int Size { get; }

    /// <returns>The body, had it gone alone and without faults.</returns>
    byte[] Compose();
}
