using WhatsSession.Emulator;

namespace WhatsSession.Benchmarks;

/// <summary>Row E3: the emulator in a process of its own, from the start of the process until it listens.</summary>
internal sealed class EmulatorStart : BudgetRow
{
    public override string Number => "E3";

    public override string Name => "emulator: process start until it listens";

    public override string Floor => "the same program with an empty Kestrel";

    public override double TimeBudget => 2;

    public override int OperationsPerRound => 1;

    public override int Rounds => 25;

    public override TimeSpan WarmUp => TimeSpan.FromSeconds(1);

    public override ValueTask RunAsync(int operations) => StartAsync("emulator", operations);

    public override ValueTask RunFloorAsync(int operations) => StartAsync("kestrel", operations);

    /// <summary>What the child process does: it names its port and ends with its standard input.</summary>
    public static async Task RunEmulatorAsync()
    {
        await using var emulator = await WhatsAppEmulator.StartAsync();
        await TellAsync(emulator.BaseAddress);
    }

    public static async Task RunFloorAsync()
    {
        await using var app = await EmptyKestrel.StartAsync([]);
        await TellAsync(new Uri(app.Urls.First()));
    }

    private static async Task TellAsync(Uri address)
    {
        await Console.Out.WriteLineAsync(address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Console.In.ReadToEndAsync();
    }

    private static async ValueTask StartAsync(string what, int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            using var process = await StubProcess.StartAsync(what);
        }
    }
}
