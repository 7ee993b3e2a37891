namespace WhatsSession.Uploads;

/// <summary>A message whose contents were uploaded, or why not.</summary>
internal sealed class ResolvedMessage<TMessage>(TMessage message)
    where TMessage : Message
{
    /// <summary>Why there is none.</summary>
    public SendOutcome? Failure { get; set; }

    /// <summary>The message with ids.</summary>
    public TMessage Message { get; set; } = message;

    /// <summary>The message with digests in the place of ids: the same for the same contents, by whatever ids.</summary>
    public TMessage Identity { get; set; } = message;

    /// <summary>What the ids stand for.</summary>
    public List<UploadKey> Keys { get; } = [];

    /// <summary>Whether an id is that of an earlier upload, which Meta may have forgotten.</summary>
    public bool HasReused { get; set; }

    /// <summary>Whether a content was a stream that can be read once alone.</summary>
    public bool IsSpent { get; set; }
}
