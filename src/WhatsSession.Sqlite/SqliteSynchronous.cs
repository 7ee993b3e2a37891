namespace WhatsSession;

/// <summary>Whether a write of the embedded store waits until the disk has it (https://www.sqlite.org/pragma.html#pragma_synchronous).</summary>
public enum SqliteSynchronous
{
    /// <summary>Every commit waits for the disk: what was acknowledged survives a power failure.</summary>
    Full = 0,

    /// <summary>
    /// A write waits for the disk only when the log is written back into the file, and after an erasure. A crash of the process loses nothing. A power failure
    /// or a crash of the operating system may lose the last commits, but never a part of a commit, and the file is not damaged. The lost commits were already
    /// acknowledged. So webhooks are lost that Meta does not send again, handlers run again, and sends are forgotten, so that the same idempotency key or
    /// reply may send a second time.
    /// </summary>
    Normal,
}
