using Microsoft.Playwright;

namespace WhatsSession.Emulator.Tests.Control;

/// <summary>A page in a browser, with what went wrong in its script.</summary>
internal sealed class Screen(IPlaywright playwright, IBrowser browser, IPage page) : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    public IPage Page => page;

    public List<string> Errors { get; } = [];

    public static void SkipWithoutChromium()
    {
        var isNeeded = Environment.GetEnvironmentVariable("CI") == "true";
        Assert.SkipWhen(!File.Exists(Chromium) && !isNeeded, $"No Chromium at {Chromium}: apt-get install -y chromium.");
    }

    public static async Task<Screen> OpenAsync(Uri address)
    {
        // Five seconds, the default, are little on a machine that is busy.
        Assertions.SetDefaultExpectTimeout((float)RealTime.Limit.TotalMilliseconds);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Flags });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1400, Height = 900 } });
        var screen = new Screen(playwright, browser, page);
        page.Console += (_, m) => screen.Errors.AddRange(m.Type == "error" ? [m.Text] : []);
        page.PageError += (_, e) => screen.Errors.Add(e);
        await page.GotoAsync(address.AbsoluteUri);
        return screen;
    }

    /// <summary>Saves a picture when WHATSSESSION_SCREENSHOTS names a folder.</summary>
    public async Task KeepAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("WHATSSESSION_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name) });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
    }
}
