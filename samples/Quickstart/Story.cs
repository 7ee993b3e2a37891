using System.Globalization;
using WhatsSession.Emulator;

namespace WhatsSession.Samples.Quickstart;

/// <summary>Prints one line for everything that happens, and counts what the SDK saw, to compare with Meta's side in the end.</summary>
internal sealed class Story(WhatsAppEmulator meta)
{
    private readonly Lock _lock = new();
    private int _accepted;
    private int _templates;
    private int _refusedByMeta;
    private int _inbound;
    private int _statuses;

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
                Console.WriteLine($"                {outcome.Describe()}");
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
        var agrees = (_accepted, _templates, _refusedByMeta, _inbound, _statuses) == (tally.Accepted, tally.TemplatesAccepted, tally.Refused, tally.InboundMessages, tally.Statuses);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Emulator: {tally.Accepted} accepted ({tally.TemplatesAccepted} templates), {tally.Refused} refused, {tally.InboundMessages} customer messages, {tally.Statuses} statuses; the SDK {(agrees ? "counted the same" : $"counted {_accepted} ({_templates}), {_refusedByMeta}, {_inbound}, {_statuses}")}."));
        return agrees ? 0 : 1;
    }

    private void Write(string direction, string what, WindowStatus window, string outcome)
    {
        var state = window.State switch
        {
            WindowState.Open or WindowState.Closing => $"{window.State} until {window.Until:ddd HH':'mm}",
            _ => window.State.ToString(),
        };
        Console.WriteLine($"{meta.Clock.GetUtcNow():ddd HH':'mm':'ss} {direction} {what,-46} {state,-23} {outcome}".TrimEnd());
    }
}
