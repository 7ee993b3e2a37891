using System.Globalization;
using WhatsSession.Emulator;

namespace WhatsSession.Samples.Quickstart;

/// <summary>Prints one line for everything that happens, and counts what the SDK saw, to compare with Meta's side in the end.</summary>
internal sealed class Story(WhatsAppEmulator meta)
{
    private const int Width = 100;
    private const int Indent = 16;

    private readonly Lock _lock = new();
    private int _accepted;
    private int _templates;
    private int _refusedByMeta;
    private int _inbound;
    private int _statuses;

    public static void Begin() => Console.WriteLine("""
        A shop and its customer on an emulator of WhatsApp, whose clock is moved.
        Each line: the time, what happens, the customer service window then, and what the SDK makes of it.
          -> the shop sends     <- comes from WhatsApp     !! an alert

        """);

    public void Sent(string what, SendOutcome outcome, WindowStatus window)
    {
        lock (_lock)
        {
            _accepted += outcome.IsAccepted ? 1 : 0;
            _templates += outcome is SendOutcome.TemplateSent ? 1 : 0;

            // When the guard is off, a fallback follows a refusal by Meta.
            _refusedByMeta += outcome is SendOutcome.Rejected or SendOutcome.TemplateSent { ClosedAt: null } ? 1 : 0;
            var name = outcome is SendOutcome.Rejected { Error.Code: var code } ? $"Rejected {code}" : outcome.GetType().Name;
            Write("->", what, window, name);
            if (!outcome.IsAccepted)
            {
                WriteBelow(outcome.Describe());
            }
        }
    }

    public void CustomerWrote(MessageReceived message, WindowStatus window)
    {
        lock (_lock)
        {
            _inbound++;
            var content = message switch
            {
                TextReceived text => $"\"{text.Text}\"",
                ButtonReplied button => $"button \"{button.Title}\"",
                _ => message.Kind.ToString(),
            };
            Write("<-", $"{message.Contact?.Name}: {content}", window, message.GetType().Name);
        }
    }

    public void StatusCame(DeliveryUpdated status, WindowStatus window)
    {
        lock (_lock)
        {
            _statuses++;
            Write("<-", $"status: {status.Status}", window, nameof(DeliveryUpdated));
        }
    }

    public void WindowIsClosing(WindowStatus window)
    {
        lock (_lock)
        {
            Write("!!", $"the window closes in {window.Remaining.TotalMinutes:0} minutes", window, nameof(WindowClosing));
        }
    }

    public void Note(string what, WindowStatus window)
    {
        lock (_lock)
        {
            Write("  ", what, window, "");
        }
    }

    /// <summary>The exit code: 0 when the SDK counted what Meta's side counted.</summary>
    public async Task<int> EndAsync(string? journal)
    {
        if (journal is not null)
        {
            using var http = new HttpClient { BaseAddress = meta.BaseAddress };
            var requests = await http.GetStringAsync(new Uri("/_emulator/requests", UriKind.Relative));
            var webhooks = await http.GetStringAsync(new Uri("/_emulator/webhooks", UriKind.Relative));
            await File.WriteAllTextAsync(journal, $$"""{"requests":{{requests}},"webhooks":{{webhooks}}}""");
        }

        var tally = meta.Tally;
        var agrees = (_accepted, _templates, _refusedByMeta, _inbound, _statuses)
            == (tally.Accepted, tally.TemplatesAccepted, tally.Refused, tally.InboundMessages, tally.Statuses);
        Console.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"\nThe emulator counted {tally.Accepted} accepted messages ({tally.TemplatesAccepted} of them templates), {tally.Refused} refused,\n"
            + $"{tally.InboundMessages} of the customer, {tally.Statuses} statuses; the SDK "));
        Palette.Write(
            agrees ? ConsoleColor.Green : ConsoleColor.Red,
            agrees ? "counted the same." : $"counted {_accepted} ({_templates}), {_refusedByMeta}, {_inbound}, {_statuses}.");
        Console.WriteLine();
        return agrees ? 0 : 1;
    }

    private void Write(string direction, string what, WindowStatus window, string outcome)
    {
        var state = window.State switch
        {
            WindowState.Open or WindowState.Closing => $"{window.State} until {window.Until:ddd HH':'mm}",
            _ => window.State.ToString(),
        };
        Palette.Write(ConsoleColor.DarkGray, $"{meta.Clock.GetUtcNow():ddd HH':'mm':'ss} ");
        Palette.Write(DirectionColor(direction), $"{direction} ");
        Console.Write($"{what,-42} ");
        Palette.Write(StateColor(window.State), outcome.Length == 0 ? state : $"{state,-23} ");
        Palette.Write(OutcomeColor(outcome), outcome);
        Console.WriteLine();
    }

    /// <summary>More about the line before, in lines that are not too long.</summary>
    private static void WriteBelow(string text)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && Indent + line.Length + 1 + word.Length > Width)
            {
                Palette.Write(ConsoleColor.DarkGray, new string(' ', Indent) + line + '\n');
                line = "";
            }

            line += line.Length == 0 ? word : ' ' + word;
        }

        Palette.Write(ConsoleColor.DarkGray, new string(' ', Indent) + line + '\n');
    }

    private static ConsoleColor? DirectionColor(string direction) => direction switch
    {
        "->" => ConsoleColor.Cyan,
        "<-" => ConsoleColor.Blue,
        "!!" => ConsoleColor.Yellow,
        _ => null,
    };

    private static ConsoleColor? StateColor(WindowState state) => state switch
    {
        WindowState.Open => ConsoleColor.Green,
        WindowState.Closing => ConsoleColor.Yellow,
        WindowState.Closed or WindowState.NeverOpened => ConsoleColor.Red,
        _ => null,
    };

    private static ConsoleColor? OutcomeColor(string outcome) => outcome switch
    {
        nameof(SendOutcome.Accepted) or nameof(SendOutcome.TemplateSent) => ConsoleColor.Green,
        nameof(SendOutcome.WindowClosed) => ConsoleColor.Yellow,
        _ when outcome.StartsWith("Rejected", StringComparison.Ordinal) => ConsoleColor.Red,
        _ => ConsoleColor.DarkGray,
    };
}
