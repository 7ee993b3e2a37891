using System.Text;

namespace WhatsSession.Events;

/// <summary>An array whose elements are events.</summary>
/// <param name="name">The property.</param>
/// <param name="lane">The lane of its elements.</param>
internal sealed class EventArray(string name, EventLane lane)
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(name);

    public ReadOnlySpan<byte> Name => _name;

    public EventLane Lane { get; } = lane;
}
