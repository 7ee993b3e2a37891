using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace WhatsSession.Options;

/// <summary>
/// Reads the options from a configuration section. Unlike the framework's binder it names every key it does not know and every value it cannot read.
/// </summary>
internal sealed class OptionsSection(List<string> failures)
{
    public static void Bind(IConfiguration section, WhatsSessionOptions options)
    {
        var path = (section as IConfigurationSection)?.Path;
        options.Section = path ?? "";
        if (!section.GetChildren().Any() && section is not IConfigurationSection { Value.Length: > 0 })
        {
            // What code sets may be enough.
            options.IsSectionMissing = true;
        }
        else if (path is null && section.GetSection(WhatsSessionOptions.UsualSection).GetChildren().Any())
        {
            // The environment alone has dozens of keys beside it.
            options.IsWholeConfiguration = true;
        }
        else
        {
            new OptionsSection(options.BindingFailures).BindRoot(section, options);
        }
    }

    private void BindRoot(IConfiguration section, WhatsSessionOptions options) => Walk(section, new KnownKeys
    {
        ["Numbers"] = numbers => BindNumbers(numbers, options.Numbers),
        ["Apps"] = apps => BindApps(apps, options.Apps),
        ["AppSecret"] = value => Text(value, text => options.AppSecret = text),
        ["VerifyToken"] = value => Text(value, text => options.VerifyToken = text),
        ["GraphBaseAddress"] = value => Address(value, address => options.GraphBaseAddress = address),
        ["GraphVersion"] = value => Text(value, text => options.GraphVersion = text),
        ["Deadline"] = value => Time(value, time => options.Deadline = time),
        ["MaximumDownloadSize"] = value => Size(value, size => options.MaximumDownloadSize = size),
        ["EchoesAnswer"] = value => Flag(value, flag => options.EchoesAnswer = flag),
        ["ThrowOnRefusal"] = value => Flag(value, flag => options.ThrowOnRefusal = flag),
        ["RequireTemplates"] = value => Flag(value, flag => options.RequireTemplates = flag),
        ["Guard"] = guard => BindGuard(guard, options.Guard),
        ["Webhooks"] = webhooks => BindWebhooks(webhooks, options.Webhooks),
        ["Dispatch"] = dispatch => BindDispatch(dispatch, options.Dispatch),
        ["Alerts"] = alerts => BindAlerts(alerts, options.Alerts),
        ["WindowOpeners"] = openers => BindOpeners(openers, options.WindowOpeners),
    });

    private void BindNumbers(IConfigurationSection section, NumberOptionsCollection numbers)
    {
        foreach (var entry in NamedIn(section))
        {
            var number = numbers[entry.Key] = numbers.GetValueOrDefault(entry.Key) ?? new NumberOptions();
            Walk(entry, new KnownKeys
            {
                ["PhoneNumberId"] = value => Text(value, text => number.PhoneNumberId = text),
                ["AccessToken"] = value => Text(value, text => number.AccessToken = text),
                ["BusinessAccountId"] = value => Text(value, text => number.BusinessAccountId = text),
                ["MessagingAccountId"] = value => Text(value, text => number.MessagingAccountId = text),
                ["App"] = value => Text(value, text => number.App = text),
                ["Fallback"] = fallback => BindFallback(fallback, number.Fallback),
            });
        }
    }

    private void BindFallback(IConfigurationSection section, FallbackOptions fallback) => Walk(section, new KnownKeys
    {
        ["Template"] = value => Text(value, text => fallback.Template = text),
        ["Language"] = value => Text(value, text => fallback.Language = text),
        ["WithText"] = value => Flag(value, flag => fallback.WithText = flag),
        ["ParameterName"] = value => Text(value, text => fallback.ParameterName = text),
    });

    private void BindApps(IConfigurationSection section, AppOptionsCollection apps)
    {
        foreach (var entry in NamedIn(section))
        {
            var app = apps[entry.Key] = apps.GetValueOrDefault(entry.Key) ?? new AppOptions();
            Walk(entry, new KnownKeys
            {
                ["AppSecrets"] = secrets =>
                {
                    ExpectSection(secrets, "be a list, even of one");
                    foreach (var secret in secrets.GetChildren())
                    {
                        Text(secret, app.AppSecrets.Add);
                    }
                },
                ["VerifyToken"] = value => Text(value, text => app.VerifyToken = text),
                ["AppId"] = value => Text(value, text => app.AppId = text),
            });
        }
    }

    private void BindGuard(IConfigurationSection section, GuardOptions guard) => Walk(section, new KnownKeys
    {
        ["Enabled"] = value => Flag(value, flag => guard.Enabled = flag),
        ["NoHistory"] = value => Choice(value, choice => guard.NoHistory = choice),
        ["StoreUnavailable"] = value => Choice(value, choice => guard.StoreUnavailable = choice),
        ["Margin"] = value => Time(value, time => guard.Margin = time),
        ["ClosingLead"] = value => Time(value, time => guard.ClosingLead = time),
    });

    private void BindWebhooks(IConfigurationSection section, WebhookOptions webhooks) => Walk(section, new KnownKeys
    {
        ["MaximumBodySize"] = value => Number(value, number => webhooks.MaximumBodySize = number),
        ["MaximumBufferedBytes"] = value => Number(value, number => webhooks.MaximumBufferedBytes = number),
        ["BodyDeadline"] = value => Time(value, time => webhooks.BodyDeadline = time),
        ["SecondSignatureHeader"] = value => Text(value, text => webhooks.SecondSignatureHeader = text),
    });

    private void BindDispatch(IConfigurationSection section, DispatchOptions dispatch) => Walk(section, new KnownKeys
    {
        ["MaxConcurrency"] = value => Number(value, number => dispatch.MaxConcurrency = number),
        ["MaxLongRunning"] = value => Number(value, number => dispatch.MaxLongRunning = number),
        ["HandlerTimeout"] = value => Time(value, time => dispatch.HandlerTimeout = time),
    });

    private void BindAlerts(IConfigurationSection section, AlertOptions alerts) => Walk(section, new KnownKeys
    {
        ["OnlyAwaitingReply"] = value => Flag(value, flag => alerts.OnlyAwaitingReply = flag),
        ["Jitter"] = value => Time(value, time => alerts.Jitter = time),
    });

    private void BindOpeners(IConfigurationSection section, WindowOpenerOptions openers) => Walk(section, new KnownKeys
    {
        ["Reactions"] = value => Flag(value, flag => openers.Reactions = flag),
        ["UnsupportedMessages"] = value => Flag(value, flag => openers.UnsupportedMessages = flag),
        ["Edits"] = value => Flag(value, flag => openers.Edits = flag),
        ["UnknownKinds"] = value => Flag(value, flag => openers.UnknownKinds = flag),
    });

    private void Walk(IConfiguration section, KnownKeys keys)
    {
        ExpectSection(section);
        foreach (var child in section.GetChildren())
        {
            if (keys.TryGetValue(child.Key, out var bind))
            {
                bind(child);
            }
            else
            {
                var nearest = keys.NearestTo(child.Key) is { } known ? $"did you mean {known}? Known here" : "known here";
                failures.Add($"{child.Path} is not a setting; {nearest} are {string.Join(", ", keys.Keys)}.");
            }
        }
    }

    /// <summary>A single value where settings belong would be passed over in silence. It is not quoted: it may be a secret.</summary>
    private void ExpectSection(IConfiguration section, string expected = "hold settings below it")
    {
        if (section is IConfigurationSection { Value: { Length: > 0 } value } single)
        {
            failures.Add(FormattableString.Invariant($"{single.Path} is a single value of {value.Length} characters; it must {expected}."));
        }
    }

    /// <summary>The entries of a section that are named by their keys.</summary>
    private IEnumerable<IConfigurationSection> NamedIn(IConfigurationSection section)
    {
        ExpectSection(section);
        if (section.GetSection("0").Exists())
        {
            failures.Add($"{section.Path} is a list; write it with a name for each, as {section.Path}:support, and not {section.Path}:0.");
            return [];
        }

        return section.GetChildren().Where(IsSection);
    }

    /// <summary>Whether an entry has settings of its own, so that what it lacks is worth telling.</summary>
    private bool IsSection(IConfigurationSection entry)
    {
        if (string.IsNullOrEmpty(entry.Value) || entry.GetChildren().Any())
        {
            return true;
        }

        ExpectSection(entry);
        return false;
    }

    private void Text(IConfigurationSection section, Action<string> set)
    {
        if (section.Value is { } value)
        {
            set(value);
        }
        else if (section.GetChildren().Any())
        {
            failures.Add($"{section.Path} has settings of its own below it; it must be one text.");
        }
    }

    private void Flag(IConfigurationSection section, Action<bool> set) =>
        Scalar(section, set, bool.TryParse, "true or false");

    private void Number(IConfigurationSection section, Action<int> set) =>
        Scalar(
            section,
            set,
            static (string? text, out int value) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value),
            "a whole number without a unit");

    private void Size(IConfigurationSection section, Action<long> set) =>
        Scalar(
            section,
            set,
            static (string? text, out long value) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value),
            "a whole number without a unit");

    /// <summary>A number alone is refused: the framework would read it as days, and whoever writes it means seconds.</summary>
    private void Time(IConfigurationSection section, Action<TimeSpan> set)
    {
        if (!int.TryParse(section.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            Scalar(
                section,
                set,
                static (string? text, out TimeSpan value) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value),
                "hours, minutes and seconds, such as \"00:01:00\" for a minute");
            return;
        }

        var seconds = TimeSpan.FromSeconds(Math.Min(number, 86_399));
        var meant = Seconds(seconds.TotalSeconds);
        failures.Add(FormattableString.Invariant(
            $"{section.Path} is \"{number}\", which counts as days; write hours, minutes and seconds, such as \"{seconds:c}\" for {meant}."));
    }

    private static string Seconds(double seconds) => FormattableString.Invariant($"{seconds} {(seconds is 1 ? "second" : "seconds")}");

    private void Address(IConfigurationSection section, Action<Uri> set) =>
        Scalar(
            section,
            set,
            static (string? text, out Uri value) => Uri.TryCreate(text, UriKind.Absolute, out value!),
            "an absolute address such as https://graph.facebook.com");

    private void Choice(IConfigurationSection section, Action<GuardChoice> set) =>
        Scalar(section, set, static (string? text, out GuardChoice value) => Enum.TryParse(text, ignoreCase: true, out value)
            && Enum.IsDefined(value), "\"Send\" or \"Refuse\"");

    private void Scalar<T>(IConfigurationSection section, Action<T> set, TryParse<T> tryParse, string expected)
    {
        if (section.Value is not { } text)
        {
            if (section.GetChildren().Any())
            {
                failures.Add($"{section.Path} has settings of its own below it; it must be {expected}.");
            }
        }
        else if (tryParse(text, out var value))
        {
            set(value);
        }
        else
        {
            failures.Add(FormattableString.Invariant(
                $"{section.Path} {(MayBeSecret(text) ? $"has {text.Length} characters" : $"is \"{text}\"")}; it must be {expected}."));
        }
    }

    /// <summary>Whether something else than what belongs here may stand in its place: a token, or an address with a password.</summary>
    private static bool MayBeSecret(string text) => text.Length > 40 || text.Contains('@', StringComparison.Ordinal);

    private delegate bool TryParse<T>(string? text, out T value);
}
