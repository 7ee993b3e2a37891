using System.Buffers;

namespace WhatsSession.Options;

/// <summary>One look at all options. Every key is named with its section, as the configuration has it.</summary>
internal sealed class OptionsChecks(WhatsSessionOptions options)
{
    private const string WhatAppSecret = "the secret of the Meta app (App settings, Basic)";
    private const string WhatVerifyToken = "the token that was typed in when the webhook was subscribed, or leave it out";

    private static readonly TimeSpan MaximumMargin = TimeSpan.FromHours(12);

    // The characters of a token by RFC 9110.
    private static readonly SearchValues<char> HeaderName =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>What is wrong, each in a sentence.</summary>
    public List<string> Failures { get; } = [.. options.BindingFailures];

    public void Run()
    {
        if (options.IsWholeConfiguration)
        {
            // All else follows from that.
            Failures.Add(
                "The configuration as a whole was given, and the settings stand in a section of it; give the section: "
                + "AddWhatsSession(configuration.GetSection(\"WhatsSession\")).");
            return;
        }

        CheckNumbers();
        CheckApps();
        CheckGraph();
        CheckRange("Deadline", options.Deadline, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        if (options.MaximumDownloadSize < 1)
        {
            Fail("MaximumDownloadSize", FormattableString.Invariant($"is {options.MaximumDownloadSize}; it must be 1 or more"));
        }

        CheckGuard(options.Guard);
        CheckRange("Dispatch:HandlerTimeout", options.Dispatch.HandlerTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        CheckRange("Dispatch:MaxConcurrency", options.Dispatch.MaxConcurrency, 1, 1024);
        CheckRange("Dispatch:MaxLongRunning", options.Dispatch.MaxLongRunning, 0, 10_000);
        CheckRange("Alerts:Jitter", options.Alerts.Jitter, TimeSpan.Zero, TimeSpan.FromHours(1));
        CheckWebhooks(options.Webhooks);
    }

    private void CheckNumbers()
    {
        if (options.Numbers.Count == 0 && options.BindingFailures.Count == 0)
        {
            Failures.Add(options.IsSectionMissing
                ? $"{(options.Section.Length == 0 ? "The configuration" : options.Section)} has no settings: no settings file that was read, and no "
                    + $"environment variable, has a key in it. Add a business number as {KeyOf("Numbers:support:PhoneNumberId")} and "
                    + $"{KeyOf("Numbers:support:AccessToken")}, or give another section."
                : $"{KeyOf("Numbers")} is empty; add a business number, in code by o.Numbers.Add(\"support\", phoneNumberId: \"…\", accessToken: \"…\").");
        }

        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, number) in options.Numbers)
        {
            CheckName("Numbers", name);
            if (number is null)
            {
                Fail($"Numbers:{name}", "is null; give it a PhoneNumberId and an AccessToken");
            }
            else
            {
                CheckNumber($"Numbers:{name}", number);
                if (PhoneNumberId.TryParse(number.PhoneNumberId, out _) && !ids.TryAdd(number.PhoneNumberId, name))
                {
                    Fail(
                        $"Numbers:{name}:PhoneNumberId",
                        $"is \"{number.PhoneNumberId}\", which {KeyOf($"Numbers:{ids[number.PhoneNumberId]}")} has too; list each number once");
                }
            }
        }
    }

    private void CheckNumber(string key, NumberOptions number)
    {
        Fail(key + ":PhoneNumberId", IdText.ProblemOfNumber(number.PhoneNumberId));
        Fail(key + ":AccessToken", SecretText.ProblemOfMetas(number.AccessToken is "" ? null : number.AccessToken, "an access token of Meta"));
        Fail(key + ":BusinessAccountId", IdText.ProblemOf(number.BusinessAccountId, "the id of the WhatsApp Business Account"));
        Fail(key + ":MessagingAccountId", IdText.ProblemOf(number.MessagingAccountId, "the id of an account"));
        if (number.BusinessAccountId is { } account && account == number.PhoneNumberId && PhoneNumberId.TryParse(account, out _))
        {
            Fail(
                key + ":BusinessAccountId",
                $"is \"{account}\", the same as {KeyOf(key)}:PhoneNumberId; account and number have an id each, so look both up "
                + "(API Setup page of the Meta app)");
        }

        CheckApp(key + ":App", number.App);
        CheckFallback(key + ":Fallback", number.Fallback);
        if (options.RequireTemplates && number.Fallback.Template is not null && number.BusinessAccountId is null)
        {
            Fail(
                key + ":BusinessAccountId",
                $"is missing, but {KeyOf("RequireTemplates")} is true and {KeyOf(key)}:Fallback names a template; set it to the id of the WhatsApp Business "
                + "Account, so that the template can be looked up");
        }
    }

    private void CheckApps()
    {
        Fail("AppSecret", options.AppSecret is { } single ? SecretText.ProblemOfMetas(single, WhatAppSecret + ", or leave it out") : null);
        Fail("VerifyToken", options.VerifyToken is { } token ? SecretText.ProblemOfUsers(token, WhatVerifyToken) : null);
        foreach (var (name, app) in options.Apps)
        {
            var key = $"Apps:{name}";
            CheckName("Apps", name);
            if (app is null)
            {
                Fail(key, "is null; give it AppSecrets, or leave it out");
                continue;
            }

            if (app.AppSecrets.Count == 0)
            {
                Fail(key + ":AppSecrets", $"is empty; add {WhatAppSecret}");
            }

            for (var i = 0; i < app.AppSecrets.Count; i++)
            {
                Fail(FormattableString.Invariant($"{key}:AppSecrets:{i}"), SecretText.ProblemOfMetas(app.AppSecrets[i], WhatAppSecret));
            }

            Fail(key + ":VerifyToken", app.VerifyToken is { } own ? SecretText.ProblemOfUsers(own, WhatVerifyToken) : null);
            Fail(key + ":AppId", IdText.ProblemOf(app.AppId, "Meta's id of the app"));
        }
    }

    private void CheckApp(string key, string? app)
    {
        var known = options.Apps.Keys.Concat(
            options.AppSecret is null ? [] : [AppOptions.Main]).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).ToList();
        if (app is not null && !known.Contains(app, StringComparer.OrdinalIgnoreCase))
        {
            Fail(
                key,
                known.Count == 0
                    ? $"{IdText.Quote(app)}, but {KeyOf("Apps")} is empty; add the app there, or leave the name out"
                    : $"{IdText.Quote(app)}, but {KeyOf("Apps")} has {string.Join(", ", known)}; name one of them, or leave the name out");
        }
    }

    private void CheckGraph()
    {
        var address = options.GraphBaseAddress;
        if (address is not { IsAbsoluteUri: true } || (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            Fail(
                "GraphBaseAddress",
                $"is \"{Shorten(address)}\"; it must be an absolute https address (http on this machine only), such as https://graph.facebook.com");
        }
        else if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            Fail(
                "GraphBaseAddress",
                $"is \"{Shorten(address)}\" with a user, a query or a fragment; it must be the address alone, such as https://graph.facebook.com");
        }
        else if (VersionIn(address) is { } version)
        {
            Fail(
                "GraphBaseAddress",
                $"is \"{Shorten(FolderOf(address))}{version}\", with a version at its end; take that out, and set {KeyOf("GraphVersion")} to "
                + $"\"{(IsVersion(version) ? version : version + ".0")}\" or leave it at its default");
        }

        if (!IsVersion(options.GraphVersion))
        {
            Fail("GraphVersion", $"is \"{options.GraphVersion}\"; it must be a version such as \"v27.0\"");
        }
    }

    private void CheckGuard(GuardOptions guard)
    {
        CheckRange("Guard:Margin", guard.Margin, TimeSpan.Zero, MaximumMargin);
        CheckChoice("Guard:NoHistory", guard.NoHistory);
        CheckChoice("Guard:StoreUnavailable", guard.StoreUnavailable);
        if (guard.Margin > guard.ClosingLead && guard.Margin <= MaximumMargin)
        {
            Fail(
                "Guard:Margin",
                $"is {guard.Margin}, which is longer than {KeyOf("Guard:ClosingLead")} ({guard.ClosingLead}); a window must be closing before the guard stops "
                + "sending, so make the margin shorter or the lead longer");
        }

        CheckRange("Guard:ClosingLead", guard.ClosingLead, TimeSpan.Zero, TimeSpan.FromHours(24));
    }

    private void CheckWebhooks(WebhookOptions webhooks)
    {
        CheckRange("Webhooks:MaximumBodySize", webhooks.MaximumBodySize, 1024, 64 * 1024 * 1024);
        CheckRange("Webhooks:BodyDeadline", webhooks.BodyDeadline, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        if (webhooks.MaximumBufferedBytes < 4L * webhooks.MaximumBodySize)
        {
            var least = 4L * webhooks.MaximumBodySize;
            Fail("Webhooks:MaximumBufferedBytes", FormattableString.Invariant(
                $"is {webhooks.MaximumBufferedBytes}; it must be at least four times {KeyOf("Webhooks:MaximumBodySize")}, so {least} or more"));
        }

        if (webhooks.SecondSignatureHeader is { } header && (header.Length == 0 || header.AsSpan().ContainsAnyExcept(HeaderName)))
        {
            Fail(
                "Webhooks:SecondSignatureHeader",
                $"is \"{header}\"; it must be the name of a header (letters, digits and \"-\"), such as X-Gateway-Signature, or left out");
        }
    }

    private void CheckName(string key, string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.AsSpan().Trim().Length != name.Length || name.Any(char.IsControl))
        {
            var shown = string.Concat(name.Select(static character => char.IsControl(character) ? '?' : character));
            Fail(key, $"has the name \"{shown}\", which is empty or has white space around it or a control character in it; give a name such as \"support\"");
        }
    }

    private void CheckRange<T>(string key, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            Fail(key, FormattableString.Invariant($"is {value}; it must be from {least} to {most}"));
        }
    }

    private void CheckFallback(string key, FallbackOptions fallback)
    {
        if (fallback.Template is null)
        {
            if (fallback.Language is not null || fallback.WithText || fallback.ParameterName is not null)
            {
                Fail(key + ":Template", $"is missing, but other keys of {KeyOf(key)} are set; name the template, or leave all out");
            }

            return;
        }

        if (fallback.Language is null)
        {
            Fail(key + ":Language", "is missing; set it to the code of the template's language, such as \"en_US\"");
            return;
        }

        foreach (var violation in new TemplateMessage(fallback.Template, fallback.Language).Check())
        {
            Fail(key, $"names the template \"{fallback.Template}\" in \"{fallback.Language}\", and {violation}; write both as WhatsApp Manager shows them");
        }

        if (fallback is { ParameterName: not null, WithText: false })
        {
            Fail(
                key + ":ParameterName",
                $"is \"{fallback.ParameterName}\", but {KeyOf(key)}:WithText is false, so no parameter is sent; set WithText to true, "
                + "or leave ParameterName out");
        }
    }

    private void CheckChoice(string key, GuardChoice choice)
    {
        if (!Enum.IsDefined(choice))
        {
            Fail(key, $"is {choice}; it must be \"{nameof(GuardChoice.Send)}\" or \"{nameof(GuardChoice.Refuse)}\"");
        }
    }

    private void Fail(string key, string? problem)
    {
        // What could not be read is told already.
        if (problem is not null && !options.BindingFailures.Exists(failure => failure.StartsWith(KeyOf(key) + " ", StringComparison.Ordinal)))
        {
            Failures.Add($"{KeyOf(key)} {problem}.");
        }
    }

    private string KeyOf(string key) => options.KeyOf(key);

    /// <summary>Scheme, host and port alone: the rest may be secret.</summary>
    private static string Shorten(Uri? address) =>
        address is null ? "" : !address.IsAbsoluteUri ? "…"
        : $"{address.GetLeftPart(UriPartial.Scheme)}{address.IdnHost}{(address.IsDefaultPort ? "" : FormattableString.Invariant($":{address.Port}"))}/"
            + (address.PathAndQuery + address.Fragment is "/" ? "" : address.AbsolutePath is ['/', .., '/'] ? "…/" : "…");

    // By its parts: a path that begins with "//" would be read as a host.
    private static Uri FolderOf(Uri address) => new UriBuilder(address) { Path = string.Concat(address.Segments[..^1]) }.Uri;

    // Whoever copies an address out of Meta's examples has it with the version.
    private static string? VersionIn(Uri address)
    {
        var last = address.Segments[^1].TrimEnd('/');
        return IsVersion(last) || IsVersion(last + ".0") ? last : null;
    }

    // "v" and two numbers: what the path of each request begins with.
    private static bool IsVersion(string? version)
    {
        var dot = version?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return version is ['v', ..] && dot > 1 && dot < version.Length - 1
            && !version.AsSpan(1, dot - 1).ContainsAnyExceptInRange('0', '9') && !version.AsSpan(dot + 1).ContainsAnyExceptInRange('0', '9');
    }
}
