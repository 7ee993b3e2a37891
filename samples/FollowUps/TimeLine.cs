using System.Globalization;
using WhatsSession.Emulator;

namespace WhatsSession.Samples.FollowUps;

/// <summary>Prints what happens as it happens, and draws it in the end: a line for each customer, a column for each hour.</summary>
internal sealed class TimeLine(WhatsAppEmulator meta, DateTimeOffset starts, int days)
{
    private const int NameWidth = 5;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, char[]> _marks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<DateTimeOffset>> _written = new(StringComparer.Ordinal);
    private readonly Dictionary<ConversationKey, string> _names = [];
    private long _lastSent;

    private int Hours => days * 24;

    public static void Begin() => Console.WriteLine("""
        A shop, three customers and three days on an emulator of WhatsApp, whose clock is moved.
        A sequence follows up on a basket: after 2 h, an hour before the window closes, and on the third day at 10:00.

        """);

    public Task CustomerWroteAsync(MessageReceived message)
    {
        var text = message is TextReceived { Text: var said } ? $"\"{said}\"" : message.Kind.ToString();
        var name = message.Contact?.Name ?? "?";
        lock (_lock)
        {
            _names[message.Conversation!.Value] = name;
            (_written.TryGetValue(name, out var times) ? times : _written[name] = []).Add(meta.Clock.GetUtcNow());
        }

        Mark(name, 'w', $"<- {text}");
        return Task.CompletedTask;
    }

    public Task AlertedAsync(char mark, WindowEvent alert, string what)
    {
        var waits = alert.IsAwaitingReply ? ", and the customer waits for an answer" : "";
        Mark(_names[alert.Conversation!.Value], mark, $"!! {what}{waits}");
        return Task.CompletedTask;
    }

    public void Note(string name, string what) => Print(name, $"   {what}");

    /// <summary>Looks into the emulator's log for what has arrived since.</summary>
    public void ReadSent()
    {
        foreach (var request in meta.Requests.Where(request => request.Sequence > _lastSent).ToList())
        {
            _lastSent = request.Sequence;
            if (request is { To: { } to, MessageId: not null })
            {
                var isTemplate = request.Type == "template";
                Mark(meta.Customer(to).Name, isTemplate ? 'T' : 's', isTemplate ? "-> the template" : $"-> a session message ({request.Type})");
            }
        }
    }

    /// <summary>Draws the lines.</summary>
    public void Draw()
    {
        lock (_lock)
        {
            Console.WriteLine();
            Console.Write(new string(' ', NameWidth + 1));
            for (var day = 0; day < days; day++)
            {
                Console.Write(string.Create(CultureInfo.InvariantCulture, $"|{starts.AddDays(day):ddd HH':'mm}").PadRight(24));
            }

            Console.WriteLine();
            foreach (var (name, marks) in _marks)
            {
                Console.Write(name.PadRight(NameWidth + 1));
                for (var hour = 0; hour < Hours; hour++)
                {
                    var isOpen = _written.GetValueOrDefault(name, []).Exists(written => HourOf(written) <= hour && hour < HourOf(written) + 24);
                    Palette.Write(ColorOf(marks[hour], isOpen), marks[hour] is '\0' ? isOpen ? "=" : "." : marks[hour].ToString());
                }

                Console.WriteLine();
            }

            Console.WriteLine("""

                w the customer writes    s session message    T template    = window open    . closed
                ! it closes soon         x it closed          + the customer wrote again after an alert
                """);
        }
    }

    private static ConsoleColor? ColorOf(char mark, bool isOpen) => mark switch
    {
        'w' => ConsoleColor.Blue,
        's' or 'T' => ConsoleColor.Cyan,
        '!' or '+' => ConsoleColor.Yellow,
        'x' => ConsoleColor.Red,
        _ => isOpen ? ConsoleColor.Green : ConsoleColor.DarkGray,
    };

    private void Mark(string name, char mark, string what)
    {
        lock (_lock)
        {
            var marks = _marks.TryGetValue(name, out var known) ? known : _marks[name] = new char[Hours];
            var hour = Math.Clamp(HourOf(meta.Clock.GetUtcNow()), 0, Hours - 1);

            // What is sent tells more than what is written, and both more than an alert.
            marks[hour] = "\0x!+wsT".IndexOf(marks[hour], StringComparison.Ordinal) < "\0x!+wsT".IndexOf(mark, StringComparison.Ordinal) ? mark : marks[hour];
        }

        Print(name, what);
    }

    private int HourOf(DateTimeOffset at) => (int)Math.Floor((at - starts).TotalHours);

    private void Print(string name, string what)
    {
        lock (_lock)
        {
            Palette.Write(ConsoleColor.DarkGray, string.Create(CultureInfo.InvariantCulture, $"{meta.Clock.GetUtcNow():ddd HH':'mm} "));
            Console.WriteLine($"{name.PadRight(NameWidth)} {what}");
        }
    }
}
