using System.Runtime.InteropServices;
using WhatsSession.Emulator;
using WhatsSession.Tool.CommandLine;

namespace WhatsSession.Tool.Emulate;

/// <summary><c>whatssession emulate</c>: runs the emulator until it is stopped.</summary>
internal static class EmulateCommand
{
    public const string Name = "emulate";

    // An app with another token writes a line for each handshake, so the pauses grow.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

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
        var isVerified = arguments.Webhook is not null && await emulator.VerifyWebhookAsync().ConfigureAwait(false);
        Console.WriteLine(TellWebhook(arguments.Webhook, isVerified));
        Console.WriteLine("Ctrl+C stops it.");

        using var stopping = new CancellationTokenSource();
        var repeating = arguments.Webhook is null || isVerified ? Task.CompletedTask : RepeatHandshakeAsync(emulator, stopping.Token);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await stopped.Task.ConfigureAwait(false);
        await stopping.CancelAsync().ConfigureAwait(false);
        await repeating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

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
    private static string TellWebhook(string? webhook, bool isVerified) => (webhook, isVerified) switch
    {
        (null, _) => "Webhooks go nowhere: give --webhook to post them.",
        (_, true) => $"Webhooks go to {webhook}, which answered the handshake.",
        _ => $"Webhooks go to {webhook}, which did not answer the handshake: "
            + "is it up, and is its verify token that of --verify-token? The handshake is repeated, and webhooks are posted all the same.",
    };

    private static async Task RepeatHandshakeAsync(WhatsAppEmulator emulator, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.Zero;
        do
        {
            pause = pause == TimeSpan.Zero ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
            await Task.Delay(pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        while (!await emulator.VerifyWebhookAsync(cancellationToken).ConfigureAwait(false));

        Console.WriteLine("The webhook answers the handshake now.");
    }
}
