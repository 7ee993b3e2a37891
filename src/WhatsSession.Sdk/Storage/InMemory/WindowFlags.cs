namespace WhatsSession.Storage.InMemory;

/// <summary>That more is known of a conversation than its row tells. In the top bits of the key, so that whoever reads a row learns it for free.</summary>
[Flags]
internal enum WindowFlags : ulong
{
    None = 0,

    /// <summary>The answers of its row are by authors that nobody named.</summary>
    AnsweredByUnknown = 1UL << 59,

    /// <summary>The answers of its row are by programs.</summary>
    AnsweredByBot = 1UL << 60,

    /// <summary>The answers of its row are by persons.</summary>
    AnsweredByPerson = AnsweredByUnknown | AnsweredByBot,

    /// <summary>Meta named its identifier, a phone, as that of a sender.</summary>
    Sender = 1UL << 61,

    /// <summary>
    /// Its identifier has aliases, links, replacements or a tombstone: it is read together with others,
    /// or with the one that its <see cref="WindowLink"/> names.
    /// </summary>
    Joined = 1UL << 62,

    /// <summary>There are <see cref="RareRow"/>.</summary>
    Rare = 1UL << 63,
}
