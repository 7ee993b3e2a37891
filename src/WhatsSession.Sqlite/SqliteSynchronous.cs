namespace WhatsSession;

/// <summary>Whether a write of the embedded store waits until the disk has it (https://www.sqlite.org/pragma.html#pragma_synchronous).</summary>
public enum SqliteSynchronous
{
    /// <summary>Every commit waits for the disk: what was acknowledged survives a loss of power.</summary>
    Full = 0,

    /// <summary>
    /// The disk is waited for only when the log is written back into the file, and after an erasure. A crash of the process loses nothing. A loss of power or a
    /// crash of the operating system may lose the last commits, never a part of one, and the file stays whole. What was lost had been acknowledged: webhooks
    /// that Meta does not send again, handlers that run again, sends whose intent is gone, so that the same idempotency key or reply may send a second time.
    /// </summary>
    Normal,
}
