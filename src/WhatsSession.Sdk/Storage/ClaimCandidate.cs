namespace WhatsSession.Storage;

/// <summary>An event that could be claimed, as the choice sees it.</summary>
/// <param name="Position">Its position in the outbox.</param>
/// <param name="Number">Its business number; null for none.</param>
/// <param name="Lane">Its lane.</param>
/// <param name="IsRetry">
/// Whether it is a retry that has been due for less than <see cref="ClaimChoice.LongestWait"/>. For this time it comes after events that were never tried.
/// </param>
public readonly record struct ClaimCandidate(long Position, PhoneNumberId? Number, EventLane Lane, bool IsRetry)
{
    /// <summary>Whether it was chosen ahead of its place, as <see cref="ClaimRequest.Ahead"/> says; false before it was chosen.</summary>
    public bool IsAhead { get; init; }
}
