namespace WhatsSession.Storage.InMemory;

/// <summary>What is known of one conversation in half a cache line; times as <see cref="WindowSeconds"/>.</summary>
internal struct WindowRow
{
    /// <summary>The bits of a <see cref="WindowKey"/> and the flags. Written last, so whoever finds it finds the rest too.</summary>
    public ulong Key;

    /// <summary>
    /// The party, unless it is a phone, which the key holds whole: then the BSUID of its customer while a <see cref="WindowLink"/> joins them.
    /// </summary>
    public string? Name;

    public uint LastInbound;

    public uint Denied;

    /// <summary>What the authors answered that the flags name.</summary>
    public uint Answered;

    /// <summary>When to look for alerts.</summary>
    public uint CheckAt;
}
