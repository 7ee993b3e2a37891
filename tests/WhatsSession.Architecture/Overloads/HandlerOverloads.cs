using System.Text;

namespace WhatsSession.Architecture.Overloads;

/// <summary>Writes the overloads of the builder: with and without a name, a filter, up to two services, and a token.</summary>
internal static class HandlerOverloads
{
    private const string Header = """
        // Written by eng/handler-overloads.sh: change tests/WhatsSession.Architecture/Overloads, and run it.
        namespace WhatsSession;

        public sealed partial class WhatsSessionBuilder
        {

        """;

    private static readonly HandlerArgument Filter = new("MessageFilter filter", "Which messages it takes.", "Required(filter)") { Narrows = " that a filter takes" };

    private static readonly HandlerArgument Before = new(
        "TimeSpan before",
        "How long before closing, in whole seconds: greater than zero and less than 24 hours.",
        "before",
        "<exception cref=\"ArgumentOutOfRangeException\"><paramref name=\"before\"/> is out of range.</exception>");

    private static readonly HandlerArgument Quiet = new(
        "TimeSpan quiet",
        "How long the customer must have been quiet: greater than zero.",
        "quiet, atMost",
        "<exception cref=\"ArgumentOutOfRangeException\">A time is out of its range.</exception>")
    {
        Second = ("TimeSpan atMost", "How long a turn waits after its first message at most: not less than <paramref name=\"quiet\"/>, and at most an hour."),
    };

    private static readonly HandlerArgument After = new(
        "TimeSpan after",
        "How long the customer must have waited: whole seconds, greater than zero, at most 7 days.",
        "after, ReplyOverdueOptions.Default",
        "<exception cref=\"ArgumentOutOfRangeException\"><paramref name=\"after\"/> is out of range.</exception>");

    public static IReadOnlyList<HandlerVerb> Verbs { get; } =
    [
        new("On", "Events", "TEvent", "each event of a type", "event")
        {
            Constraint = "WhatsAppEvent",
            TypeText = "The type of the event. With a base type you get all types derived from it.",
        },
        new("OnMessage", "Messages", "TMessage", "each customer message of a type", "message")
        {
            Constraint = "MessageReceived",
            TypeText = "The type, such as <see cref=\"TextReceived\"/>. With a base type you get all types derived from it.",
            Filtered = true,
        },
        new("OnAnyMessage", "AnyMessage", "MessageReceived", "each customer message of any type", "message") { Filtered = true },
        new("OnText", "Texts", "TextReceived", "each text of a customer", "message")
        {
            Named = false,
            Arguments =
            [
                null,
                Filter,
                new("string text", "The whole text, compared without case; white space around it does not count.", "MessageFilter.TextEquals(text)")
                {
                    Narrows = " that is this one",
                },
            ],
        },
        new("OnButton", "Buttons", "ButtonReplied", "each tap on the button with an id, or on a template's quick reply with this payload", "message")
        {
            Named = false,
            Arguments = [new("string buttonId", "The id of the reply button, or the payload of the quick reply.", "MessageFilter.Button(buttonId)")],
        },
        new(
            "OnOtherMessage",
            "OtherMessages",
            "MessageReceived",
            "each customer message that no handler of its own type and no handler with a filter takes. "
                + "Handlers of a base type, such as of OnAnyMessage, do not count",
            "message")
        {
            Target = "AddOther",
        },
        new("OnDelivery", "Deliveries", "DeliveryUpdated", "each status of a message that the business sent", "status"),
        new("OnTemplateStatus", "TemplateStatus", "TemplateStatusChanged", "each template that was reviewed, paused, disabled or deleted", "change"),
        new("OnWindowClosing", "Windows", "WindowClosing", "each window that is about to close, once", "alert")
        {
            Arguments =
            [
                null,
                Before,
                Before with { Declaration = "NodaTime.Duration before" },
                new(
                    "IReadOnlyList<TimeSpan> before",
                    "How long before closing: each in whole seconds, greater than zero and less than 24 hours. The handler is called for each.",
                    "before",
                    "<exception cref=\"ArgumentException\"><paramref name=\"before\"/> is empty, or one of its times is out of range.</exception>"),
            ],
            Bare = "each window that is about to close, 4 hours and 1 hour before",
            Target = "AddAlert",
        },
        new(
            "OnWindowClosed",
            "WindowsClosed",
            "WindowClosed",
            "each window that has closed, once: 24 hours after the customer's last message",
            "alert"),
        new(
            "OnWindowExtended",
            "WindowsExtended",
            "WindowExtended",
            "each window that a customer's message extends after you were told that it is about to close, or that it closed; once for each such alert",
            "alert"),
        new(
            "OnReplyOverdue",
            "RepliesOverdue",
            "ReplyOverdue",
            "each customer who has waited for an answer for some time, once for each wait. Call it again with another time for another level",
            "alert")
        {
            Arguments =
            [
                After,
                After with { Declaration = "NodaTime.Duration after" },
                After with { Passed = "after, options", Second = ("ReplyOverdueOptions options", "Which answers count, and which hours.") },
            ],
            Target = "AddOverdue",
        },
        new(
            "OnTurn",
            "Turns",
            "Turn",
            "each turn of a customer: what the customer said in a row, once the customer is quiet, at once after a tap or the answer to a flow",
            "turn")
        {
            Arguments =
            [
                new("", "", "DefaultQuiet, DefaultAtMost") { Narrows = ". It waits until the customer has been quiet for 2 seconds, at most 10 seconds after the first message" },
                Quiet,
                Quiet with
                {
                    Declaration = "NodaTime.Duration quiet",
                    Second = Quiet.Second!.Value with { Declaration = "NodaTime.Duration atMost" },
                },
            ],
            Target = "AddTurn",
        },
    ];

    public static string FileOf(HandlerVerb verb) => $"WhatsSessionBuilder.{verb.File}.cs";

    public static string Write(HandlerVerb verb)
    {
        var text = new StringBuilder(Header);
        text.Append(string.Join("\n", Forms(verb)));
        return text.Append("}\n").ToString();
    }

    private static IEnumerable<string> Forms(HandlerVerb verb) =>
        from services in new[] { 0, 1, 2 }
        from named in verb.Named ? new[] { false, true } : [false]
        from argument in verb.Filtered ? [null, Filter] : verb.Arguments
        from token in services == 0 ? new[] { true, false } : [true]
        select Form(verb, services, named, argument, token);

    private static string Form(HandlerVerb verb, int services, bool named, HandlerArgument? argument, bool token)
    {
        string[] serviceTypes = services switch { 0 => [], 1 => ["TService"], _ => ["TService1", "TService2"] };
        string[] types = [.. verb.Constraint is null ? [] : new[] { verb.Event }, .. serviceTypes];
        string[] handled = [$"Received<{verb.Event}>", .. serviceTypes, .. token ? new[] { "CancellationToken" } : [], "Task"];
        string[] parameters = [.. named ? new[] { "string name" } : [], .. DeclarationsOf(argument), $"Func<{string.Join(", ", handled)}> handler"];
        var generic = types.Length == 0 ? "" : $"<{string.Join(", ", types)}>";
        var passed = services > 0 ? "With(handler)" : token ? "handler" : "WithoutToken(handler)";
        var call = verb.Target switch
        {
            "Add" => $"Add({(named ? "Required(name)" : "name: null")}, {argument?.Passed ?? "filter: null"}, {passed})",
            "AddOther" => $"AddOther({(named ? "Required(name)" : "name: null")}, {passed})",
            _ when argument is null => $"{verb.Target}({(named ? "Required(name)" : "name: null")}, {passed})",
            _ => $"{verb.Target}({(named ? "Required(name)" : "name: null")}, {argument.Passed}, {passed})",
        };

        var text = new StringBuilder();
        var with = services switch { 0 => "", 1 => " with a service", _ => " with two services" };
        Summary(text, $"Calls a {(named ? "named " : "")}handler{with} for {(argument is null ? verb.Bare ?? verb.What : verb.What + argument.Narrows)}.");
        if (verb.Constraint is not null)
        {
            text.Append($"    /// <typeparam name=\"{verb.Event}\">{verb.TypeText}</typeparam>\n");
        }

        foreach (var type in serviceTypes)
        {
            text.Append($"    /// <typeparam name=\"{type}\">A service, resolved from the scope made for the call.</typeparam>\n");
        }

        if (named)
        {
            text.Append("    /// <param name=\"name\">The unique name of the handler. The store keeps its completions under this name.</param>\n");
        }

        if (argument is { Declaration.Length: > 0 })
        {
            text.Append($"    /// <param name=\"{argument.Declaration.Split(' ')[1]}\">{argument.Text}</param>\n");
        }

        if (argument?.Second is var (declaration, meaning))
        {
            text.Append($"    /// <param name=\"{declaration.Split(' ')[1]}\">{meaning}</param>\n");
        }

        text.Append($"    /// <param name=\"handler\">The handler. If it throws, it may be called again for the same {verb.Again}.</param>\n");
        if (named)
        {
            text.Append("    /// <exception cref=\"ArgumentException\">There is a handler of this name.</exception>\n");
        }

        if (argument is { Exception.Length: > 0 })
        {
            text.Append($"    /// {argument.Exception}\n");
        }

        var head = $"    public WhatsSessionBuilder {verb.Name}{generic}(";
        var line = $"{head}{string.Join(", ", parameters)})";
        text.Append(line.Length <= 157 ? line : $"{head}\n        {string.Join(", ", parameters)})");
        string[] constraints =
        [
            .. verb.Constraint is null ? [] : new[] { $"where {verb.Event} : {verb.Constraint}" },
            .. serviceTypes.Select(static type => $"where {type} : notnull"),
        ];
        text.Append(constraints.Length == 0 ? $" =>\n        {call};\n" : $"\n        {string.Join("\n        ", constraints)} => {call};\n");
        return text.ToString();
    }

    private static string[] DeclarationsOf(HandlerArgument? argument) =>
        argument is null || argument.Declaration.Length == 0 ? []
        : argument.Second is var (second, _) ? [argument.Declaration, second]
        : [argument.Declaration];

    private static void Summary(StringBuilder text, string summary)
    {
        var line = $"    /// <summary>{summary}</summary>";
        if (line.Length <= 160)
        {
            text.Append(line).Append('\n');
            return;
        }

        text.Append("    /// <summary>\n");
        while (summary.Length > 151)
        {
            var cut = summary.LastIndexOf(' ', 150);
            text.Append($"    /// {summary[..cut]}\n");
            summary = summary[(cut + 1)..];
        }

        text.Append($"    /// {summary}\n    /// </summary>\n");
    }
}
