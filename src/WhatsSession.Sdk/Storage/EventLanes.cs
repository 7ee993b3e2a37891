namespace WhatsSession.Storage;

/// <summary>A set of lanes, such as those that the handlers of a host take.</summary>
/// <remarks>Immutable; equality is by value. The default is empty.</remarks>
public readonly record struct EventLanes
{
    private readonly int _bits;

    private EventLanes(int bits) => _bits = bits;

    /// <summary>Every lane, those of later versions too.</summary>
    public static EventLanes All { get; } = new(-1);

    /// <summary>Makes a set.</summary>
    public static EventLanes Of(params ReadOnlySpan<EventLane> lanes)
    {
        var bits = 0;
        foreach (var lane in lanes)
        {
            bits |= 1 << (int)lane;
        }

        return new EventLanes(bits);
    }

    /// <summary>Whether a lane is in it.</summary>
    public bool Contains(EventLane lane) => (_bits & (1 << (int)lane)) != 0;

    /// <summary>Their names.</summary>
    public override string ToString()
    {
        var set = this;
        return string.Join(", ", Enum.GetValues<EventLane>().Where(lane => set.Contains(lane)));
    }
}
