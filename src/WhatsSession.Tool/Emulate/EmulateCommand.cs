using System.Runtime.InteropServices;
using WhatsSession.Emulator;
using WhatsSession.Tool.CommandLine;

namespace WhatsSession.Tool.Emulate;

/// <summary><c>whatssession emulate</c>: runs the emulator until it is stopped.</summary>
internal static class EmulateCommand
{
    public const string Name = "emulate";

    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        if (args is ["--help" or "-h"])
        {
            Console.WriteLine(EmulateArguments.Usage);
            return ExitCode.Done;
        }

        try
        {
            await EmulateAsync(EmulateArguments.Parse(args)).ConfigureAwait(false);
            return ExitCode.Done;
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            Console.Error.WriteLine(EmulateArguments.Usage);
            return ExitCode.Usage;
        }
        catch (IOException e)
        {
            Console.Error.WriteLine($"{e.Message} Give another --port or --listen.");
            return ExitCode.Failed;
        }
    }

    private static async Task EmulateAsync(EmulateArguments arguments)
    {
        var emulator = await StartAsync(arguments).ConfigureAwait(false);
        await using var running = emulator.ConfigureAwait(false);
        Console.WriteLine($"The emulator listens on {emulator.BaseAddress}");
        Console.WriteLine(arguments.IsOpenToOthers
            ? "It is open to the network, without a password: whoever reaches it can read and write everything."
            : "Only this machine reaches it; --listen opens it to others.");
        Console.WriteLine(
            $"Graph API: {emulator.BaseAddress}v27.0/   Page: {emulator.BaseAddress}   Control API: {emulator.BaseAddress}_emulator/openapi.json");
        Console.WriteLine(await TellWebhookAsync(arguments.Webhook, emulator).ConfigureAwait(false));
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

    /// <summary>Here alone an <see cref="ArgumentException"/> is about the command line.</summary>
    private static async Task<WhatsAppEmulator> StartAsync(EmulateArguments arguments)
    {
        try
        {
            return await WhatsAppEmulator.StartAsync(arguments.Apply).ConfigureAwait(false);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(EmulateArguments.InItsOwnWords(e));
        }
    }

    /// <summary>As Meta does when a callback is set; but the app may come up later.</summary>
    private static async Task<string> TellWebhookAsync(string? webhook, WhatsAppEmulator emulator) => webhook is null
        ? "Webhooks go nowhere: give --webhook to post them."
        : await emulator.VerifyWebhookAsync().ConfigureAwait(false)
            ? $"Webhooks go to {webhook}, which answered the handshake."
            : $"Webhooks go to {webhook}, which did not answer the handshake: "
                + "is it up, and is its verify token that of --verify-token? Webhooks are posted all the same.";
}
