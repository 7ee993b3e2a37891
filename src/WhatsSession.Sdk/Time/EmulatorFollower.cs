using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WhatsSession.Time;

/// <summary>Asks an emulator for its clock, and keeps one beside it for this application.</summary>
internal sealed class EmulatorFollower : IDisposable
{
    private static readonly TimeSpan ConnectedWithin = TimeSpan.FromSeconds(2);

    // An emulator that was started a moment ago, on a busy machine, may take seconds for its first answer.
    private static readonly TimeSpan FirstAnswerWithin = TimeSpan.FromSeconds(10);

    // The emulator answers a question after 25 seconds, though nothing changed.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan AskedAgainAfter = TimeSpan.FromSeconds(1);

    private readonly FollowedClock _clock = new(TimeProvider.System);
    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient _http;
    private readonly CancellationToken _stop;
    private readonly Uri _address;
    private readonly ILogger _log;

    // The change that is known; null when there was no answer.
    private long? _known;
    private bool _isAway;

    private EmulatorFollower(Uri address, ILogger log)
    {
        (_address, _log, _stop) = (address, log, _stopping.Token);
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ConnectTimeout = ConnectedWithin })
        {
            BaseAddress = new Uri(address, "/"),
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = 64 << 10,
        };
    }

    /// <summary>The clock that follows.</summary>
    public TimeProvider Clock => _clock;

    /// <summary>Follows the clock of an emulator that the application named.</summary>
    /// <param name="address">The emulator's.</param>
    /// <param name="environment">What the application runs in; null when it does not say.</param>
    /// <param name="log">Where it is told.</param>
    /// <exception cref="InvalidOperationException">What answers there is no emulator.</exception>
    public static EmulatorFollower Start(Uri address, string? environment, ILogger log)
    {
        var follower = new EmulatorFollower(address, log);
        if (follower.AskFirst() is { } other)
        {
            follower.Dispose();
            throw new InvalidOperationException(
                $"AddEmulatorClock: {address} answers, but not as the emulator does ({other}). Give the address that 'whatssession emulate' prints, "
                + "such as http://127.0.0.1:8080.");
        }

        if (environment is null || string.Equals(environment, Environments.Development, StringComparison.OrdinalIgnoreCase))
        {
            log.ClockIsTheEmulators(address);
        }
        else
        {
            log.ClockIsTheEmulatorsOutsideDevelopment(address, environment);
        }

        follower.Begin();
        return follower;
    }

    /// <summary>Follows the clock of the emulator at the address of the Graph API; null when what answers there is none.</summary>
    public static EmulatorFollower? TryStart(Uri address, ILogger log)
    {
        var follower = new EmulatorFollower(address, log);
        if (follower.AskFirst() is { } other)
        {
            log.ClockIsNoEmulators(address, other);
            follower.Dispose();
            return null;
        }

        log.ClockIsTheEmulatorsByItself(address);
        follower.Begin();
        return follower;
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        _http.Dispose();
    }

    // The emulator counts on the one who asked for the next question, so that no jump is missed.
    private static string Path(long? known) => string.Create(CultureInfo.InvariantCulture, $"_emulator/clock?after={known ?? -1}");

    /// <summary>Asks before anybody reads the clock, so that it does not begin with another time. Whoever makes the clock cannot await anything.</summary>
    /// <returns>What is wrong with the answer of something that is no emulator; null when all is well, or nothing answers yet.</returns>
    private string? AskFirst()
    {
        using var limit = new CancellationTokenSource(FirstAnswerWithin);
        using var request = new HttpRequestMessage(HttpMethod.Get, Path(known: null));
        try
        {
            using var response = _http.Send(request, limit.Token);
            if (ClockReading.Parse(response.Content.ReadAsStream(limit.Token)) is { } reading)
            {
                _clock.Follow(reading);
                _known = reading.Change;
                return null;
            }

            return string.Create(CultureInfo.InvariantCulture, $"GET /_emulator/clock got {(int)response.StatusCode} without a clock");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            TellAway();
            return null;
        }
    }

    private void Begin()
    {
        // Whatever span the start belongs to, the questions do not.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(RunAsync, CancellationToken.None);
        }
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            _known = await AskAsync(_known).ConfigureAwait(false);
            if (_known is null)
            {
                await Task.Delay(AskedAgainAfter, TimeProvider.System, _stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>The change that is known now; null when there was no answer.</returns>
    private async Task<long?> AskAsync(long? known)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        limit.CancelAfter(AnswerWithin);
        try
        {
            using var response = await _http.GetAsync(new Uri(Path(known), UriKind.Relative), limit.Token).ConfigureAwait(false);
            if (ClockReading.Parse(await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false)) is { } reading)
            {
                Follow(reading);
                return reading.Change;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Told below, unless the application ends.
        }

        if (!_stop.IsCancellationRequested)
        {
            TellAway();
            _clock.Release();
        }

        return null;
    }

    private void Follow(ClockReading reading)
    {
        var back = _clock.Follow(reading);
        if (_isAway)
        {
            _isAway = false;
            _log.EmulatorIsBack(_address);
        }

        if (back > TimeSpan.Zero)
        {
            _log.EmulatorClockWentBack((long)back.TotalSeconds);
        }
    }

    private void TellAway()
    {
        if (!_isAway)
        {
            _isAway = true;
            _log.EmulatorIsAway(_address);
        }
    }
}
