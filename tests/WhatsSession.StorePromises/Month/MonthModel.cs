namespace WhatsSession.StorePromises.Month;

/// <summary>
/// What one customer's month must lead to, worked out from the script of the month by rules of its own over whole seconds. Nothing of the SDK is used: what
/// the two have in common is what Meta and the documentation say.
/// </summary>
internal sealed class MonthModel
{
    private const long Hour = 3600;
    private const long Day = 24 * Hour;

    /// <summary>What is not acted upon within a minute is late.</summary>
    private const long Tolerance = 60;

    private readonly MonthScript _script;
    private readonly List<MonthEvent> _expected = [];
    private readonly List<long> _stepsThatAnswer = [];

    private MonthModel(MonthScript script) => _script = script;

    public static IReadOnlyList<MonthEvent> Predict(MonthScript script)
    {
        var model = new MonthModel(script);
        model.Windows();
        model.Sequences();
        model.Overdue();
        model.Turns();
        return [.. model._expected.OrderBy(static one => one.At).ThenBy(static one => one.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>Each value that was the latest message, from its arrival until that of a later one: a stay.</summary>
    private List<(long Anchor, long From, long Until)> Stays()
    {
        var stays = new List<(long Anchor, long From, long Until)>();
        foreach (var message in _script.Messages.OrderBy(static message => message.ArrivesAt))
        {
            if (stays.Count > 0 && stays[^1].Anchor >= message.SentAt)
            {
                continue;
            }

            if (stays.Count > 0)
            {
                stays[^1] = stays[^1] with { Until = message.ArrivesAt };
            }

            stays.Add((message.SentAt, message.ArrivesAt, long.MaxValue));
        }

        return stays;
    }

    private void Windows()
    {
        var stays = Stays();
        for (var i = 0; i < stays.Count; i++)
        {
            var (anchor, from, until) = stays[i];
            var raised = false;
            foreach (var lead in MonthScript.Leads)
            {
                var due = anchor + Day - lead;
                if (Acts(due) < until && due >= from)
                {
                    raised = true;
                    Expect("closing", due, $"{anchor}/{lead}");
                }
            }

            var closes = anchor + Day;
            if (Acts(closes) < until)
            {
                raised = true;
                Expect("closed", closes, $"{anchor}");
            }

            if (raised && i + 1 < stays.Count && stays[i + 1].Anchor <= closes)
            {
                ExpectAt("extended", until, $"{anchor}");
            }
        }
    }

    /// <summary>
    /// A customer waits from the first message that nobody has answered, and each wait that lasts long enough is told once. A person's answer and a step of a
    /// sequence answer all that is known; templates answer nothing.
    /// </summary>
    private void Overdue()
    {
        var known = new List<long>();
        var answered = long.MinValue;
        var isTold = false;
        foreach (var (at, sent) in _script.Messages.Select(static message => (At: message.ArrivesAt, Sent: (long?)message.SentAt))
            .Concat(_script.Answers.Concat(_stepsThatAnswer).Select(static at => (At: at, Sent: (long?)null)))
            .Append((At: long.MaxValue, Sent: null)).OrderBy(static entry => entry.At))
        {
            Tell(until: at);
            if (sent is { } message)
            {
                known.Add(message);
            }
            else if (known.Count > 0 && IsOpen(known.Max(), at))
            {
                (answered, isTold) = (known.Max(), false);
            }

            // What comes too late is told at once.
            Tell(until: at + 1, from: at);
        }

        void Tell(long until, long from = 0)
        {
            var waiting = known.Where(one => one > answered).ToList();
            if (!isTold && waiting.Count > 0 && Math.Max(Acts(waiting.Min() + MonthScript.OverdueAfter), from) is var at && at < until)
            {
                isTold = true;
                ExpectAt("overdue", at, $"{waiting.Min()}");
            }
        }
    }

    /// <summary>Messages that follow each other quickly are one turn.</summary>
    private void Turns()
    {
        var run = new List<MonthMessage>();
        foreach (var message in _script.Messages.OrderBy(static message => message.ArrivesAt).ThenBy(static message => message.SentAt))
        {
            if (run.Count > 0 && Acts(Due(run)) <= message.ArrivesAt)
            {
                End(run);
            }

            run.Add(message);
        }

        if (run.Count > 0)
        {
            End(run);
        }

        long Due(List<MonthMessage> messages) => Math.Min(messages[0].ArrivesAt + MonthScript.TurnAtMost, messages[^1].ArrivesAt + MonthScript.TurnQuiet);

        void End(List<MonthMessage> messages)
        {
            ExpectAt("turn", Acts(Due(messages)), string.Join(' ', messages.Select(static message => message.Text)));
            messages.Clear();
        }
    }

    /// <summary>The steps of each run, until the customer writes.</summary>
    private void Sequences()
    {
        foreach (var start in _script.Starts)
        {
            var latest = _script.Messages.Where(message => message.ArrivesAt <= start).Select(static message => message.SentAt).Max();
            var reply = _script.Messages.Where(message => message.ArrivesAt > start && message.SentAt >= latest).Select(static message => message.ArrivesAt)
                .Append(long.MaxValue).Min();
            var at = start;
            foreach (var (step, due, needsWindow) in _script.StepsOf(start, latest))
            {
                // In order: a step that is due before the one before it has gone, goes with it.
                at = Acts(Math.Max(due, at));
                if (at >= reply)
                {
                    break;
                }

                var isOpen = IsOpen(latest, at);
                if (isOpen || !needsWindow)
                {
                    ExpectAt("step", at, $"{start}/{step}/{(isOpen ? "session" : "template")}");
                }

                if (isOpen)
                {
                    _stepsThatAnswer.Add(at);
                }
            }
        }
    }

    private static bool IsOpen(long latest, long at) => at < latest + Day - MonthScript.Margin;

    /// <summary>When something is done that is due at a time: while no host runs, as soon as one does.</summary>
    private static long Acts(long due) => due >= MonthScript.DownFrom && due < MonthScript.DownUntil ? MonthScript.DownUntil : due;

    private void Expect(string kind, long due, string detail) => ExpectAt(kind, Acts(due), Acts(due) - due > Tolerance ? detail + " late" : detail);

    private void ExpectAt(string kind, long at, string detail)
    {
        if (at <= MonthScript.Ends)
        {
            _expected.Add(new MonthEvent(kind, at, detail));
        }
    }
}
