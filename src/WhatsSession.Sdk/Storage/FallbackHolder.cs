namespace WhatsSession.Storage;

/// <summary>The send that holds the claim to a fallback template, and whether Meta has refused that template.</summary>
/// <param name="Intent">The send that holds it.</param>
/// <param name="Refusal">Why Meta refused its message with a status, so that the customer did not get it; null when no refusal is known.</param>
/// <remarks>Equality is by value.</remarks>
public sealed record FallbackHolder(IntentId Intent, DeliveryFailure? Refusal)
{
    /// <summary>A form for logs.</summary>
    public override string ToString() => $"held by intent {Intent}";

    /// <summary>
    /// Chooses one of several holders, which exist if two identifiers were not yet known as one customer: one that was not refused, if there is one.
    /// </summary>
    /// <exception cref="ArgumentNullException">The holders or one of them is null.</exception>
    public static FallbackHolder? Of(IEnumerable<FallbackHolder> holders)
    {
        ArgumentNullException.ThrowIfNull(holders);
        FallbackHolder? first = null;
        foreach (var holder in holders)
        {
            ArgumentNullException.ThrowIfNull(holder, nameof(holders));
            if (holder.Refusal is null)
            {
                return holder;
            }

            first ??= holder;
        }

        return first;
    }
}
