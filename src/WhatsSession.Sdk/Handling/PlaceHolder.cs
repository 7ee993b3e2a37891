namespace WhatsSession.Handling;

/// <summary>What a business number holds of the dispatcher's places.</summary>
/// <param name="number">The number; null for events that belong to none.</param>
internal sealed class PlaceHolder(PhoneNumberId? number)
{
    public PhoneNumberId? Number => number;

    /// <summary>How many, by the number of the <see cref="DispatchPlace"/>.</summary>
    public int[] Held { get; } = new int[Enum.GetValues<DispatchPlace>().Length];

    /// <summary>How much of it was claimed and waits for a place.</summary>
    public int Waiting { get; set; }

    public bool HoldsNothing => Waiting == 0 && !Held.AsSpan().ContainsAnyExcept(0);
}
