using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.Hosting;
using WhatsSession.Emulator;

namespace WhatsSession.Docs;

/// <summary>The README is true: its program compiles as it stands there, and runs against the emulator.</summary>
public sealed class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));

    [Fact]
    public void Program_HasAtMostFifteenLines() => Program().TrimEnd().Split('\n').Count(line => line.Trim().Length > 0).Should().BeLessThanOrEqualTo(15);

    [Fact]
    public void Links_LeadToFiles()
    {
        var root = Path.GetFullPath(Path.Combine(QuickstartTests.SampleFolder, "../../../../.."));
        var links = Readme.Split("](").Skip(1).Select(rest => rest.Split(')')[0]).Where(link => !link.StartsWith("http", StringComparison.Ordinal)).ToList();

        links.Should().NotBeEmpty().And.OnlyContain(link => File.Exists(Path.Combine(root, link)));
    }

    [Fact]
    public async Task Program_RunAgainstTheEmulator_RepliesAndFallsBack()
    {
        await using var meta = await WhatsAppEmulator.StartAsync(o => o.AddTemplate("order_shipped", "en_US", bodyParameters: 1));
        using var folder = new TemporaryFolder();
        var port = FreePort();
        await using var program = await RunningProgram.StartAsync(
            Snippets.Compile(OutputKind.ConsoleApplication, Program().Replace("\"whatssession.db\"", SymbolDisplay.FormatLiteral(folder.File("readme.db"), quote: true), StringComparison.Ordinal)),
            $"--urls=http://127.0.0.1:{port}",
            $"--WhatsSession:GraphBaseAddress={meta.BaseAddress}",
            "--WhatsSession:Numbers:support:PhoneNumberId=314159265358979",
            "--WhatsSession:Numbers:support:AccessToken=dev",
            "--WhatsSession:AppSecret=dev-secret",
            "--WhatsSession:VerifyToken=dev-verify",
            "--Logging:LogLevel:Default=Warning");
        meta.ConnectWebhook(new Uri($"http://127.0.0.1:{port}/whatsapp"));
        (await meta.VerifyWebhookAsync()).Should().BeTrue();

        var ana = meta.Customer("15550001234", "Ana");
        await ana.SaysAsync("Hi");
        (await ana.NextAsync()).Text.Should().Be("You said: Hi");

        meta.Clock.Advance(TimeSpan.FromHours(25)); // Meta's clock alone: the program still believes the window to be open, and learns better.
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri($"http://127.0.0.1:{port}/shipped/15550001234/42"), content: null);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("fallback template was accepted");
        (await ana.NextAsync()).Type.Should().Be("template");
    }

    private static string Program() => Snippets.In(Readme)[0];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A program whose Main blocks until its host is stopped, as a host's own test support does it: the host announces itself to diagnostic listeners.</summary>
    private sealed class RunningProgram : IAsyncDisposable, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        private readonly TaskCompletionSource<IHost> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<IDisposable> _subscriptions = [];
        private IHost? _host;
        private Task _main = Task.CompletedTask;

        public static async Task<RunningProgram> StartAsync(byte[] image, params string[] arguments)
        {
            var program = new RunningProgram();
            program._subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(program));
            program._main = Task.Run(() => Assembly.Load(image).EntryPoint!.Invoke(null, [arguments]));
            program._host = await await Task.WhenAny(program._built.Task, program._main.ContinueWith<IHost>(
                ended => throw ended.Exception ?? new AggregateException("The program ended."), TaskScheduler.Default));
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var lifetime = (IHostApplicationLifetime)program._host.Services.GetService(typeof(IHostApplicationLifetime))!;
            await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
            await await Task.WhenAny(started.Task, program._main);
            return program;
        }

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
            {
                _subscriptions.Add(value.Subscribe(this));
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            // The listener hears of every host of the process, and other tests start emulators meanwhile.
            if (value is { Key: "HostBuilt", Value: IHost host } && host.Services.GetService(typeof(IWhatsSession)) is not null)
            {
                _built.TrySetResult(host);
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public async ValueTask DisposeAsync()
        {
            await _host!.StopAsync();
            await _main;
            _subscriptions.ForEach(subscription => subscription.Dispose());
        }
    }
}
