using NodaTime;
using WhatsSession.Sequences;

namespace WhatsSession;

/// <summary>Defines a follow-up sequence: its steps, when they may go, and what starts it.</summary>
/// <remarks>
/// <para>
/// The steps go in the order in which they are added. A run keeps its steps as they were when it started; a later version of the program changes only runs that
/// start afterwards. Of the calendar (<see cref="OnBusinessDays"/>) the program's current one is used.
/// </para>
/// <para>
/// A step sends its session message while the customer service window is open, and otherwise its template. A step without a template is left out when the
/// window is closed. So is a step that could not be sent for a day. The run goes on with the next step.
/// </para>
/// </remarks>
public sealed class SequenceBuilder
{
    private readonly SequenceDefinition _sequence;

    internal SequenceBuilder(SequenceDefinition sequence) => _sequence = sequence;

    /// <summary>Names the version of the sequence, for the lists of runs.</summary>
    /// <param name="version">The version. The default is "1".</param>
    public SequenceBuilder Version(string version)
    {
        ArgumentNullException.ThrowIfNull(version);
        _sequence.Version = version;
        return this;
    }

    /// <summary>Sets the time zone of the sequence's times of day, quiet hours and business days.</summary>
    /// <param name="timeZone">The IANA name, such as <c>Europe/Berlin</c>.</param>
    /// <exception cref="ArgumentException">There is no time zone of this name.</exception>
    public SequenceBuilder InZone(string timeZone)
    {
        SequenceChecks.ThrowIfNoZone(timeZone, $"The time zone of the sequence \"{_sequence.Name}\"", nameof(timeZone));
        _sequence.TimeZone = timeZone;
        return this;
    }

    /// <summary>Finds the time zone of each customer. WhatsApp does not tell it, so it comes from the values of the run or from what you know.</summary>
    /// <param name="timeZone">
    /// Returns the IANA name when a run starts; null for the zone that <see cref="InZone(string)"/> sets. A name that does not exist fails the start of the
    /// run.
    /// </param>
    public SequenceBuilder InZone(Func<SequenceStart, string?> timeZone)
    {
        ArgumentNullException.ThrowIfNull(timeZone);
        _sequence.TimeZoneOf = timeZone;
        return this;
    }

    /// <summary>
    /// Sets hours in which nothing is sent. A step that falls into them goes at their end. A step before closing goes a minute before they begin, unless that
    /// is over. It is left out when the window is closed by then and it has no template.
    /// </summary>
    /// <param name="from">The start (inclusive), in the time zone of the sequence.</param>
    /// <param name="to">The end (exclusive). A time before <paramref name="from"/> is on the next day.</param>
    /// <exception cref="ArgumentException">The two are the same, so that nothing could ever be sent.</exception>
    public SequenceBuilder QuietHours(TimeOnly from, TimeOnly to)
    {
        if (from == to)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The quiet hours of the sequence \"{_sequence.Name}\" are from {from:HH:mm} to {to:HH:mm}: all day, or never. ")
                + "Give two times, or leave them out.",
                nameof(to));
        }

        (_sequence.QuietFrom, _sequence.QuietTo) = (from, to);
        return this;
    }

    /// <summary>
    /// Sends only on days on which the business works. A step that falls on another day goes when the business opens next. Days of <c>At</c> count only such
    /// days.
    /// </summary>
    /// <param name="calendar">The business days. A day counts when it has any business time.</param>
    public SequenceBuilder OnBusinessDays(IBusinessCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        _sequence.Calendar = calendar;
        return this;
    }

    /// <summary>
    /// Starts the sequence, without values, when a template that this SDK sent is delivered or read and the customer has not answered since it was sent.
    /// </summary>
    /// <param name="template">The name of the template.</param>
    /// <exception cref="ArgumentException"><paramref name="template"/> is empty, or named before.</exception>
    public SequenceBuilder StartWhenDelivered(string template) => StartWhenDelivered(template, static _ => SequenceStart.Nobody.Values);

    /// <summary>Starts the sequence when a template that this SDK sent is delivered or read and the customer has not answered since it was sent.</summary>
    /// <param name="template">The name of the template.</param>
    /// <param name="values">
    /// Makes the values of the run, for example of the <see cref="SendOptions.CallbackData"/> that the template was sent with. If it throws, the status is
    /// handled again, as when a handler throws.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="template"/> is empty, or named before.</exception>
    public SequenceBuilder StartWhenDelivered(string template, Func<DeliveryUpdated, IReadOnlyDictionary<string, string>> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(template);
        ArgumentNullException.ThrowIfNull(values);
        return _sequence.StartTemplates.TryAdd(template, values)
            ? this
            : throw new ArgumentException($"The template \"{template}\" starts the sequence \"{_sequence.Name}\" already; name it once.", nameof(template));
    }

    /// <summary>
    /// Starts the sequence, without values, for each window that is about to close. To give values, start it in a handler of
    /// <see cref="WindowClosing"/>.
    /// </summary>
    /// <param name="lead">How long before closing, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lead"/> is out of range.</exception>
    public SequenceBuilder StartBeforeClosing(TimeSpan lead)
    {
        _sequence.StartLeads.Add(CheckedLead(lead, nameof(lead)));
        return this;
    }

    /// <summary>Adds a step that goes some time after the step before, or after the start.</summary>
    /// <param name="delay">How long after the step before was sent or left out, or after the start: zero to 366 days.</param>
    /// <param name="message">The message: a session message, a template message or a Direct Send message.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is out of range.</exception>
    /// <exception cref="ArgumentException">A message cannot be sent: it breaks a limit of the platform, or has content that is not uploaded.</exception>
    public SequenceBuilder After(TimeSpan delay, Message message) =>
        Add(SequenceTiming.After, CheckedDelay(delay), day: 0, default, _ => message, orTemplate: null, isConstant: true);

    /// <summary>Adds a step that goes some time after the step before, or after the start.</summary>
    /// <param name="delay">How long after the step before was sent or left out, or after the start: zero to 366 days.</param>
    /// <param name="message">The session message.</param>
    /// <param name="orTemplate">The template to send when the window is closed; may be null.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is out of range.</exception>
    /// <exception cref="ArgumentException">A message cannot be sent: it breaks a limit of the platform, or has content that is not uploaded.</exception>
    public SequenceBuilder After(TimeSpan delay, SessionMessage message, TemplateMessage? orTemplate) =>
        Add(SequenceTiming.After, CheckedDelay(delay), day: 0, default, _ => message, _ => orTemplate, isConstant: true);

    /// <summary>Adds a step that goes some time after the step before, or after the start.</summary>
    /// <param name="delay">How long after the step before was sent or left out, or after the start: zero to 366 days.</param>
    /// <param name="message">Makes the message when a run starts.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is out of range.</exception>
    public SequenceBuilder After(TimeSpan delay, Func<SequenceStart, Message> message) =>
        Add(SequenceTiming.After, CheckedDelay(delay), day: 0, default, message, orTemplate: null, isConstant: false);

    /// <summary>Adds a step that goes some time after the step before, or after the start.</summary>
    /// <param name="delay">How long after the step before was sent or left out, or after the start: zero to 366 days.</param>
    /// <param name="message">Makes the session message when a run starts.</param>
    /// <param name="orTemplate">Makes the template to send when the window is closed; may return null.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is out of range.</exception>
    public SequenceBuilder After(TimeSpan delay, Func<SequenceStart, SessionMessage> message, Func<SequenceStart, TemplateMessage?> orTemplate) =>
        Add(SequenceTiming.After, CheckedDelay(delay), day: 0, default, message, orTemplate, isConstant: false);

    /// <summary>Adds a step that goes when it is a time of day next.</summary>
    /// <param name="time">The time, in the time zone of the sequence.</param>
    /// <param name="message">The message: a session message, a template message or a Direct Send message.</param>
    /// <exception cref="ArgumentException">A message cannot be sent: it breaks a limit of the platform, or has content that is not uploaded.</exception>
    public SequenceBuilder At(TimeOnly time, Message message) =>
        Add(SequenceTiming.At, default, day: 0, time, _ => message, orTemplate: null, isConstant: true);

    /// <summary>Adds a step that goes when it is a time of day next.</summary>
    /// <param name="time">The time, in the time zone of the sequence.</param>
    /// <param name="message">The session message.</param>
    /// <param name="orTemplate">The template to send when the window is closed; may be null.</param>
    /// <exception cref="ArgumentException">A message cannot be sent: it breaks a limit of the platform, or has content that is not uploaded.</exception>
    public SequenceBuilder At(TimeOnly time, SessionMessage message, TemplateMessage? orTemplate) =>
        Add(SequenceTiming.At, default, day: 0, time, _ => message, _ => orTemplate, isConstant: true);

    /// <summary>Adds a step that goes when it is a time of day next.</summary>
    /// <param name="time">The time, in the time zone of the sequence.</param>
    /// <param name="message">Makes the message when a run starts.</param>
    public SequenceBuilder At(TimeOnly time, Func<SequenceStart, Message> message) =>
        Add(SequenceTiming.At, default, day: 0, time, message, orTemplate: null, isConstant: false);

    /// <summary>Adds a step that goes when it is a time of day next.</summary>
    /// <param name="time">The time, in the time zone of the sequence.</param>
    /// <param name="message">Makes the session message when a run starts.</param>
    /// <param name="orTemplate">Makes the template to send when the window is closed; may return null.</param>
    public SequenceBuilder At(TimeOnly time, Func<SequenceStart, SessionMessage> message, Func<SequenceStart, TemplateMessage?> orTemplate) =>
        Add(SequenceTiming.At, default, day: 0, time, message, orTemplate, isConstant: false);

    /// <summary>Adds a step that goes at a time of day, some days after the start.</summary>
    /// <param name="day">How many days after the day of the start at the earliest: 0 to 366. With a calendar only business days count.</param>
    /// <param name="time">The time, in the time zone of the sequence. If it is over on that day, it is the same time of a later day.</param>
    /// <param name="message">The message: a session message, a template message or a Direct Send message.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="day"/> is out of range.</exception>
    /// <exception cref="ArgumentException">A message cannot be sent: it breaks a limit of the platform, or has content that is not uploaded.</exception>
    public SequenceBuilder At(int day, TimeOnly time, Message message) =>
        Add(SequenceTiming.At, default, CheckedDay(day), time, _ => message, orTemplate: null, isConstant: true);

    /// <summary>Adds a step that goes at a time of day, some days after the start.</summary>
    /// <param name="day">How many days after the day of the start at the earliest: 0 to 366. With a calendar only business days count.</param>
    /// <param name="time">The time, in the time zone of the sequence. If it is over on that day, it is the same time of a later day.</param>
    /// <param name="message">The session message.</param>
    /// <param name="orTemplate">The template to send when the window is closed; may be null.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="day"/> is out of range.</exception>
    /// <exception cref="ArgumentException">A message cannot be sent: it breaks a limit of the platform, or has content that is not uploaded.</exception>
    public SequenceBuilder At(int day, TimeOnly time, SessionMessage message, TemplateMessage? orTemplate) =>
        Add(SequenceTiming.At, default, CheckedDay(day), time, _ => message, _ => orTemplate, isConstant: true);

    /// <summary>Adds a step that goes at a time of day, some days after the start.</summary>
    /// <param name="day">How many days after the day of the start at the earliest: 0 to 366. With a calendar only business days count.</param>
    /// <param name="time">The time, in the time zone of the sequence. If it is over on that day, it is the same time of a later day.</param>
    /// <param name="message">Makes the message when a run starts.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="day"/> is out of range.</exception>
    public SequenceBuilder At(int day, TimeOnly time, Func<SequenceStart, Message> message) =>
        Add(SequenceTiming.At, default, CheckedDay(day), time, message, orTemplate: null, isConstant: false);

    /// <summary>Adds a step that goes at a time of day, some days after the start.</summary>
    /// <param name="day">How many days after the day of the start at the earliest: 0 to 366. With a calendar only business days count.</param>
    /// <param name="time">The time, in the time zone of the sequence. If it is over on that day, it is the same time of a later day.</param>
    /// <param name="message">Makes the session message when a run starts.</param>
    /// <param name="orTemplate">Makes the template to send when the window is closed; may return null.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="day"/> is out of range.</exception>
    public SequenceBuilder At(int day, TimeOnly time, Func<SequenceStart, SessionMessage> message, Func<SequenceStart, TemplateMessage?> orTemplate) =>
        Add(SequenceTiming.At, default, CheckedDay(day), time, message, orTemplate, isConstant: false);

    /// <summary>Adds a step that goes before the customer service window closes, such as a question with buttons. In a closed window it is left out.</summary>
    /// <param name="lead">How long before the window closes, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="message">The message: a session message, a template message or a Direct Send message.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lead"/> is out of range.</exception>
    /// <exception cref="ArgumentException">A message cannot be sent: it breaks a limit of the platform, or has content that is not uploaded.</exception>
    public SequenceBuilder BeforeClosing(TimeSpan lead, Message message) =>
        AddLead(lead, _ => message, orTemplate: null, isConstant: true);

    /// <summary>Adds a step that goes before the customer service window closes, such as a question with buttons. In a closed window it is left out.</summary>
    /// <param name="lead">How long before the window closes, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="message">The session message.</param>
    /// <param name="orTemplate">The template to send when the window is closed; may be null.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lead"/> is out of range.</exception>
    /// <exception cref="ArgumentException">A message cannot be sent: it breaks a limit of the platform, or has content that is not uploaded.</exception>
    public SequenceBuilder BeforeClosing(TimeSpan lead, SessionMessage message, TemplateMessage? orTemplate) =>
        AddLead(lead, _ => message, _ => orTemplate, isConstant: true);

    /// <summary>Adds a step that goes before the customer service window closes, such as a question with buttons. In a closed window it is left out.</summary>
    /// <param name="lead">How long before the window closes, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="message">Makes the message when a run starts.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lead"/> is out of range.</exception>
    public SequenceBuilder BeforeClosing(TimeSpan lead, Func<SequenceStart, Message> message) =>
        AddLead(lead, message, orTemplate: null, isConstant: false);

    /// <summary>Adds a step that goes before the customer service window closes, such as a question with buttons. In a closed window it is left out.</summary>
    /// <param name="lead">How long before the window closes, in whole seconds: greater than zero and less than 24 hours.</param>
    /// <param name="message">Makes the session message when a run starts.</param>
    /// <param name="orTemplate">Makes the template to send when the window is closed; may return null.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lead"/> is out of range.</exception>
    public SequenceBuilder BeforeClosing(TimeSpan lead, Func<SequenceStart, SessionMessage> message, Func<SequenceStart, TemplateMessage?> orTemplate) =>
        AddLead(lead, message, orTemplate, isConstant: false);

    /// <summary>Checks what can be checked before anything starts.</summary>
    /// <param name="parameter">The name of the argument that built it.</param>
    /// <exception cref="ArgumentException">Something is missing or contradicts itself.</exception>
    internal void Check(string parameter)
    {
        if (_sequence.Steps.Count == 0)
        {
            throw new ArgumentException($"The sequence \"{_sequence.Name}\" has no steps. Add one: s => s.After(TimeSpan.FromHours(2), message).", parameter);
        }

        if (_sequence.TimeZone is null && (_sequence is { QuietFrom: not null } or { Calendar: not null } || _sequence.Steps.Exists(IsAtTime)))
        {
            throw new ArgumentException(
                $"The sequence \"{_sequence.Name}\" has times of day and no time zone. Name it, and the one for customers whose zone is not known: "
                + "InZone(\"Europe/Berlin\").",
                parameter);
        }

        for (var i = 0; i < _sequence.Steps.Count; i++)
        {
            var step = _sequence.Steps[i];
            if (IsAtTime(step) && SequenceHours.IsQuiet(step.Time, _sequence.QuietFrom, _sequence.QuietTo))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Step {i + 1} of the sequence \"{_sequence.Name}\" is at {step.Time:HH:mm}, within its quiet hours from ")
                    + FormattableString.Invariant($"{_sequence.QuietFrom:HH:mm} to {_sequence.QuietTo:HH:mm}. Choose a time outside of them."),
                    parameter);
            }

            if (step.IsConstant)
            {
                SequenceChecks.ThrowIfWrong(_sequence, i + 1, step.Make(SequenceStart.Nobody), conversation: null);
            }
        }
    }

    private static bool IsAtTime(SequenceStepDefinition step) => step.Timing == SequenceTiming.At;

    private static Duration CheckedDelay(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, TimeSpan.FromDays(SequenceChecks.MostDays));
        return Duration.FromTimeSpan(delay);
    }

    private static int CheckedDay(int day)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(day);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(day, SequenceChecks.MostDays);
        return day;
    }

    private static TimeSpan CheckedLead(TimeSpan lead, string parameter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lead, TimeSpan.Zero, parameter);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(lead, CustomerServiceWindow.Length.ToTimeSpan(), parameter);
        return lead.Ticks % TimeSpan.TicksPerSecond == 0
            ? lead
            : throw new ArgumentOutOfRangeException(parameter, lead, "The time before closing must be whole seconds.");
    }

    private SequenceBuilder AddLead(
        TimeSpan lead, Func<SequenceStart, Message> message, Func<SequenceStart, TemplateMessage?>? orTemplate, bool isConstant) =>
        Add(SequenceTiming.BeforeClosing, Duration.FromTimeSpan(CheckedLead(lead, nameof(lead))), day: 0, default, message, orTemplate, isConstant);

    private SequenceBuilder Add(
        SequenceTiming timing,
        Duration delay,
        int day,
        TimeOnly time,
        Func<SequenceStart, Message> message,
        Func<SequenceStart, TemplateMessage?>? orTemplate,
        bool isConstant)
    {
        ArgumentNullException.ThrowIfNull(message);
        _sequence.Steps.Add(new SequenceStepDefinition(timing, delay, day, time, message, orTemplate, isConstant));
        return this;
    }
}
