using WhatsSession.Emulator.Clock;
using WhatsSession.Emulator.Customers;
using WhatsSession.Emulator.Media;
using WhatsSession.Emulator.Numbers;
using WhatsSession.Emulator.Sending;
using WhatsSession.Emulator.Webhooks;

namespace WhatsSession.Emulator.Acting;

/// <summary>What customers act with: whom they can write to, and where what they do goes.</summary>
internal sealed class World
{
    public World() => Cast = new(this);

    /// <summary>The customers and groups as tests hold them.</summary>
    public Cast Cast { get; }

    public required NumberDirectory Numbers { get; init; }

    public required CustomerDirectory Customers { get; init; }

    public required GroupDirectory Groups { get; init; }

    public required MediaStore Media { get; init; }

    public required CustomerSettings Settings { get; init; }

    public required Intake Intake { get; init; }

    public required CustomerNews News { get; init; }

    public required Courier Courier { get; init; }

    public required MetaTime Time { get; init; }
}
