namespace WhatsSession.StorePromises.Month;

/// <summary>
/// What one customer and the business do in a month: from 5 March 2026, so that the clocks of New York change on the 8th and those of Berlin on the 29th. All
/// times are seconds since 1970.
/// </summary>
/// <remarks>
/// Nothing of one customer happens in the same second as something else that depends on it, so that the order is always known: a session begins at a multiple
/// of five minutes and a few seconds of its own.
/// </remarks>
internal sealed class MonthScript
{
    private const long Minute = 60;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;
    private const long Grid = 5 * Minute;
    private const int Days = 30;
    private const int MostSessions = 10;

    /// <summary>5 March 2026, 0:00 UTC.</summary>
    public const long Begins = 1_772_668_800;

    // Nobody writes in the last days, so that all that follows is within the month.
    public const long Ends = Begins + (Days * Day);

    /// <summary>No host runs for these hours.</summary>
    public const long DownFrom = Begins + (14 * Day) + (10 * Hour) + 1;

    public const long DownUntil = DownFrom + (3 * Hour) + 290;

    public static readonly long[] Leads = [4 * Hour, Hour];

    public const long OverdueAfter = Hour;
    public const long TurnQuiet = 2;
    public const long TurnAtMost = 10;

    /// <summary>So long before the end of a window no session message goes.</summary>
    public const long Margin = Minute;

    public const long FirstStepAfter = 2 * Hour;
    public const long SecondStepHour = 10;
    public const long LastStepLead = (90 * Minute) + 1;

    private MonthScript(string customer, bool isInBerlin) => (Customer, IsInBerlin) = (customer, isInBerlin);

    /// <summary>The customer's phone number.</summary>
    public string Customer { get; }

    public bool IsInBerlin { get; }

    public string TimeZone => IsInBerlin ? "Europe/Berlin" : "America/New_York";

    public List<MonthMessage> Messages { get; } = [];

    /// <summary>When a person answers what is known by then.</summary>
    public List<long> Answers { get; } = [];

    /// <summary>When a follow-up sequence is started.</summary>
    public List<long> Starts { get; } = [];

    public static MonthScript Write(int number)
    {
        var random = new Random(number);
        var script = new MonthScript(FormattableString.Invariant($"1555{number:D7}"), isInBerlin: number % 2 == 0);
        var at = Begins + Hour;
        for (var session = 0; session < MostSessions; session++)
        {
            // Often within the window, sometimes days later.
            at += Grid * (random.Next(3) switch { 0 => random.Next(1, 200), 1 => random.Next(200, 400), _ => random.Next(400, 1400) });
            if (at > Ends - (4 * Day))
            {
                break;
            }

            if (at > DownFrom - (7 * Hour) && at < DownUntil + Hour)
            {
                at = DownUntil - (DownUntil % Grid) + (2 * Hour);
            }

            var last = script.WriteSession(random, at + (session * 11), FormattableString.Invariant($"{number}.{session}"));
            at = last - (last % Grid);
        }

        return script;
    }

    /// <summary>The steps of a run: which, when it is due, and whether it needs the window.</summary>
    /// <param name="start">When the run starts.</param>
    /// <param name="latest">The customer's latest message then.</param>
    public IEnumerable<(int Step, long Due, bool NeedsWindow)> StepsOf(long start, long latest)
    {
        yield return (1, start + FirstStepAfter, false);
        yield return (2, OnNextDay(start, SecondStepHour * Hour), false);
        yield return (3, latest + Day - LastStepLead, true);
    }

    /// <returns>The last moment of it.</returns>
    private long WriteSession(Random random, long at, string name)
    {
        var last = at;
        var count = random.Next(1, 6);
        var wasLate = false;
        for (var i = 0; i < count; i++)
        {
            // Never all of a session: what follows is about messages that are known.
            var isLate = (i == 0 || i == count - 1) && count > 1 && !wasLate && random.Next(8) == 0;
            wasLate |= isLate;
            Messages.Add(new MonthMessage(last, isLate ? last + (6 * Hour) + 50 : last, $"{name}.{i}"));
            last += random.Next(4) == 0 ? 4 : 1;
        }

        if (random.Next(3) == 0)
        {
            last = at + (Minute * random.Next(5, 200)) + 20;
            Messages.Add(new MonthMessage(last, last, $"{name}.again"));
        }

        if (random.Next(5) > 0)
        {
            last += (Minute * random.Next(1, 150)) + 30;
            Answers.Add(last);
        }

        if (random.Next(3) == 0)
        {
            last += Minute + 40;
            Starts.Add(last);
        }

        // A message that comes late comes before the next session: what it changes is known by then.
        return Math.Max(last, Messages.Max(static message => message.ArrivesAt));
    }

    /// <summary>A time of the next day on the customer's clock. The hours that clocks skip or repeat in 2026 are before six in the morning.</summary>
    private long OnNextDay(long at, long time)
    {
        var local = at + Offset(at);
        var wanted = local - (local % Day) + Day + time;
        return wanted - Offset(wanted - Offset(at));
    }

    private long Offset(long at) => IsInBerlin
        ? at >= 1_774_746_000 ? 2 * Hour : Hour
        : at >= 1_772_953_200 ? -4 * Hour : -5 * Hour;
}
