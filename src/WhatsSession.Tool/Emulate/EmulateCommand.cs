using System.CommandLine;
using WhatsSession.Emulator;
using WhatsSession.Tool.CommandLine;

namespace WhatsSession.Tool.Emulate;

/// <summary><c>whatssession emulate</c>: runs the emulator until it is stopped.</summary>
internal sealed class EmulateCommand : CommandWithExamples
{
    private const string Ending = """
        Examples:
          whatssession emulate --webhook http://127.0.0.1:5000/whatsapp --app-secret dev-secret
          whatssession emulate --number 1 --number 2 --token first --token second
          whatssession emulate --template "order_shipped:en_US=Order {{1}} is on its way." --template welcome:en_US:0:MARKETING
          whatssession emulate --starts-at 2026-11-23T10:00:00Z --frozen
        """;

    // An app with another token writes a line for each handshake, so the pauses grow.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly EmulateArguments _arguments = new();

    public EmulateCommand()
        : base("emulate", "Meta's side of the WhatsApp Business Platform on this machine.", Ending)
    {
        foreach (var option in _arguments.Options)
        {
            Options.Add(option);
        }

        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult given, CancellationToken stopping)
    {
        try
        {
            await EmulateAsync(given, stopping).ConfigureAwait(false);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
        catch (IOException e)
        {
            Console.Error.WriteLine($"{e.Message} Give another --port or --listen.");
            return ExitCode.Failed;
        }
    }

    private async Task EmulateAsync(ParseResult given, CancellationToken stopping)
    {
        var emulator = await StartAsync(given).ConfigureAwait(false);
        await using var running = emulator.ConfigureAwait(false);
        Console.WriteLine($"The emulator listens on {emulator.BaseAddress}");
        Console.WriteLine(_arguments.IsOpenToOthers(given)
            ? "It is open to the network, without a password: whoever reaches it can read and write everything."
            : "Only this machine reaches it; --listen opens it to others.");
        Console.WriteLine(
            $"Graph API: {emulator.BaseAddress}v27.0/   Page: {emulator.BaseAddress}   Control API: {emulator.BaseAddress}_emulator/openapi.json");
        var webhook = _arguments.Webhook(given);
        var isVerified = webhook is not null && await emulator.VerifyWebhookAsync(stopping).ConfigureAwait(false);
        Console.WriteLine(TellWebhook(webhook, isVerified));
        Console.WriteLine("Ctrl+C stops it.");
        if (webhook is not null && !isVerified)
        {
            await RepeatHandshakeAsync(emulator, stopping).ConfigureAwait(false);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping).ConfigureAwait(false);
    }

    /// <summary>Here alone an <see cref="ArgumentException"/> is about the command line.</summary>
    private async Task<WhatsAppEmulator> StartAsync(ParseResult given)
    {
        try
        {
            return await WhatsAppEmulator.StartAsync(options => _arguments.Apply(given, options)).ConfigureAwait(false);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(EmulateArguments.InItsOwnWords(e));
        }
    }

    /// <summary>As Meta does when a callback is set; but the app may come up later.</summary>
    private static string TellWebhook(Uri? webhook, bool isVerified) => (webhook, isVerified) switch
    {
        (null, _) => "Webhooks go nowhere: give --webhook to post them.",
        (_, true) => $"Webhooks go to {webhook}, which answered the handshake.",
        _ => $"Webhooks go to {webhook}, which did not answer the handshake: "
            + "is it up, and is its verify token that of --verify-token? The handshake is repeated, and webhooks are posted all the same.",
    };

    private static async Task RepeatHandshakeAsync(WhatsAppEmulator emulator, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.Zero;
        try
        {
            do
            {
                pause = pause == TimeSpan.Zero ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
                await Task.Delay(pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
            while (!await emulator.VerifyWebhookAsync(cancellationToken).ConfigureAwait(false));

            Console.WriteLine("The webhook answers the handshake now.");
        }
        catch (InvalidOperationException)
        {
            // DELETE /_emulator/webhook took it back meanwhile: there is none to shake hands with.
        }
    }
}
