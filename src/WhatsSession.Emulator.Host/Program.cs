using System.Runtime.InteropServices;

namespace WhatsSession.Emulator.Host;

internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is ["--help"] or ["-h"])
        {
            Console.WriteLine(HostArguments.Usage);
            return 0;
        }

        try
        {
            await RunAsync(HostArguments.Parse(args)).ConfigureAwait(false);
            return 0;
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine(e.ParamName is null ? e.Message : e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal));
            Console.Error.WriteLine(HostArguments.Usage);
            return 2;
        }
        catch (IOException e)
        {
            Console.Error.WriteLine($"{e.Message} Give another --port.");
            return 1;
        }
    }

    private static async Task RunAsync(HostArguments arguments)
    {
        var emulator = await WhatsAppEmulator.StartAsync(arguments.Apply).ConfigureAwait(false);
        await using var running = emulator.ConfigureAwait(false);
        Console.WriteLine($"The emulator listens on {emulator.BaseAddress}");
        Console.WriteLine(arguments.IsOpenToOthers
            ? "It is open to the network, without a password: whoever reaches it can read and write everything."
            : "Only this machine reaches it; --listen opens it to others.");
        Console.WriteLine($"Graph API: {emulator.BaseAddress}v26.0/   Page: {emulator.BaseAddress}   Control API: {emulator.BaseAddress}_emulator/openapi.json");
        Console.WriteLine(arguments.Webhook is { } webhook ? $"Webhooks go to {webhook}" : "Webhooks go nowhere: give --webhook to post them.");
        Console.WriteLine("Ctrl+C stops it.");

        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await stopped.Task.ConfigureAwait(false);

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stopped.TrySetResult();
        }
    }
}
