using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace WhatsSession.Options;

/// <summary>Checks the options as a whole. Each failure quotes key, value (of a secret its length only) and fix.</summary>
internal sealed class OptionsValidator : IValidateOptions<WhatsSessionOptions>
{
    private static readonly TimeSpan MaximumMargin = TimeSpan.FromHours(12);

    // The characters of a token by RFC 9110.
    private static readonly SearchValues<char> HeaderName =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public ValidateOptionsResult Validate(string? name, WhatsSessionOptions options)
    {
        var failures = new List<string>(options.BindingFailures);
        CheckNumbers(options, failures);
        CheckApps(options, failures);
        CheckGraph(options, failures);
        CheckRange("Guard.Margin", options.Guard.Margin, TimeSpan.Zero, MaximumMargin, failures);
        CheckChoice("Guard:NoHistory", options.Guard.NoHistory, failures);
        CheckChoice("Guard:StoreUnavailable", options.Guard.StoreUnavailable, failures);
        if (options.Guard.Margin > options.Guard.ClosingLead && options.Guard.Margin <= MaximumMargin)
        {
            failures.Add(
                $"Guard:Margin is {options.Guard.Margin}, which is longer than Guard:ClosingLead ({options.Guard.ClosingLead}); a window must be "
                + $"closing before the guard stops sending.");
        }

        CheckRange("Guard.ClosingLead", options.Guard.ClosingLead, TimeSpan.Zero, TimeSpan.FromHours(24), failures);
        CheckRange("Deadline", options.Deadline, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1), failures);
        CheckRange("MaximumDownloadSize", options.MaximumDownloadSize, 1, long.MaxValue, failures);
        CheckRange("Dispatch.HandlerTimeout", options.Dispatch.HandlerTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), failures);
        CheckRange("Dispatch.MaxConcurrency", options.Dispatch.MaxConcurrency, 1, 1024, failures);
        CheckRange("Dispatch.MaxLongRunning", options.Dispatch.MaxLongRunning, 0, 10_000, failures);
        CheckRange("Webhooks.MaximumBodySize", options.Webhooks.MaximumBodySize, 1024, 64 * 1024 * 1024, failures);
        CheckRange("Webhooks.BodyDeadline", options.Webhooks.BodyDeadline, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10), failures);
        if (options.Webhooks.MaximumBufferedBytes < 4L * options.Webhooks.MaximumBodySize)
        {
            failures.Add(FormattableString.Invariant(
                $"Webhooks:MaximumBufferedBytes is {options.Webhooks.MaximumBufferedBytes}; it must be at least four times Webhooks:MaximumBodySize."));
        }

        if (options.Webhooks.SecondSignatureHeader is { } header && (header.Length == 0 || header.AsSpan().ContainsAnyExcept(HeaderName)))
        {
            failures.Add(
                $"Webhooks:SecondSignatureHeader is \"{header}\"; it must be the name of a header (letters, digits and \"-\"), such as "
                + "X-Gateway-Signature, or left out.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckNumbers(WhatsSessionOptions options, List<string> failures)
    {
        if (options.Numbers.Count == 0)
        {
            failures.Add("Numbers is empty; add a business number: o.Numbers.Add(\"support\", phoneNumberId: \"…\", accessToken: \"…\").");
        }

        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, number) in options.Numbers)
        {
            var key = $"Numbers:{name}";
            CheckName("Numbers", name, failures);
            if (number is null)
            {
                failures.Add($"{key} is null; give it a PhoneNumberId and an AccessToken.");
                continue;
            }

            if (!PhoneNumberId.TryParse(number.PhoneNumberId, out _))
            {
                failures.Add(
                    $"{key}:PhoneNumberId {Quote(number.PhoneNumberId)}; it must be Meta's id of the number, 1 to 32 digits, such as 314159265358979.");
            }
            else if (!names.TryAdd(number.PhoneNumberId, name))
            {
                failures.Add(
                    $"{key}:PhoneNumberId is \"{number.PhoneNumberId}\", which Numbers:{names[number.PhoneNumberId]} has too; each number is listed once.");
            }

            if (!IsHeaderToken(number.AccessToken))
            {
                failures.Add(
                    $"{key}:AccessToken has {number.AccessToken?.Length ?? 0} characters; it must be an access token of Meta, without spaces and line breaks.");
            }

            if (number.BusinessAccountId is not null && !BusinessAccountId.TryParse(number.BusinessAccountId, out _))
            {
                failures.Add($"{key}:BusinessAccountId {Quote(number.BusinessAccountId)}; it must be the WABA's id, 1 to 32 digits, or left out.");
            }

            if (number.MessagingAccountId is not null && !BusinessAccountId.TryParse(number.MessagingAccountId, out _))
            {
                failures.Add($"{key}:MessagingAccountId {Quote(number.MessagingAccountId)}; it must be the id of an account, 1 to 32 digits, or left out.");
            }

            CheckApp(key + ":App", number.App, options, failures);
            CheckFallback(key + ":Fallback", number.Fallback, failures);
            if (options.RequireTemplates && number.Fallback.Template is not null && number.BusinessAccountId is null)
            {
                failures.Add(
                    $"{key}:BusinessAccountId is not set, but RequireTemplates is true and {key}:Fallback names a template; set the id of the WABA, so "
                    + $"that the template can be looked up.");
            }
        }
    }

    private static void CheckApps(WhatsSessionOptions options, List<string> failures)
    {
        CheckSecret("AppSecret", options.AppSecret, failures);
        CheckVerifyToken("VerifyToken", options.VerifyToken, failures);
        foreach (var (name, app) in options.Apps)
        {
            CheckName("Apps", name, failures);
            if (app is null)
            {
                failures.Add($"Apps:{name} is null; give it AppSecrets, or leave it out.");
                continue;
            }

            if (app.AppSecrets.Count == 0)
            {
                failures.Add($"Apps:{name}:AppSecrets is empty; it must hold the secret of the Meta app (App settings, Basic).");
            }

            for (var i = 0; i < app.AppSecrets.Count; i++)
            {
                CheckSecret(FormattableString.Invariant($"Apps:{name}:AppSecrets:{i}"), app.AppSecrets[i] ?? "", failures);
            }

            CheckVerifyToken($"Apps:{name}:VerifyToken", app.VerifyToken, failures);
            if (app.AppId is not null && !BusinessAccountId.TryParse(app.AppId, out _))
            {
                failures.Add($"Apps:{name}:AppId {Quote(app.AppId)}; it must be Meta's id of the app, 1 to 32 digits, or left out.");
            }
        }
    }

    private static void CheckApp(string key, string? app, WhatsSessionOptions options, List<string> failures)
    {
        var known = options.Apps.Keys.Concat(
            options.AppSecret is null ? [] : [AppOptions.Main]).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).ToList();
        if (app is not null && !known.Contains(app, StringComparer.OrdinalIgnoreCase))
        {
            failures.Add(
                $"{key} {Quote(app)}, which is not among Apps: {(known.Count == 0 ? "there are none" : string.Join(", ", known))}. Name one of them, or "
                + "leave it out.");
        }
    }

    private static void CheckGraph(WhatsSessionOptions options, List<string> failures)
    {
        var address = options.GraphBaseAddress;
        if (address is not { IsAbsoluteUri: true } || (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
        {
            failures.Add(
                $"GraphBaseAddress is \"{Shorten(address)}\"; it must be an absolute https address (http on this machine only), such as "
                + "https://graph.facebook.com.");
        }
        else if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            failures.Add(
                $"GraphBaseAddress is \"{Shorten(address)}\" with a user, a query or a fragment; it must be the "
                + "address alone, such as https://graph.facebook.com.");
        }

        if (!IsVersion(options.GraphVersion))
        {
            failures.Add($"GraphVersion is \"{options.GraphVersion}\"; it must be a version such as v27.0.");
        }
    }

    /// <summary>Scheme and host alone: the rest may be secret.</summary>
    private static string Shorten(Uri? address) =>
        address is null ? "" : address.IsAbsoluteUri ? $"{address.GetLeftPart(UriPartial.Scheme)}{address.IdnHost}…" : "…";

    private static void CheckName(string key, string name, List<string> failures)
    {
        if (string.IsNullOrWhiteSpace(name) || name.AsSpan().Trim().Length != name.Length || name.Any(char.IsControl))
        {
            failures.Add(
                $"{key} has the name \"{name}\", which is empty or has white space around it or a control character in it; give a name such as \"support\".");
        }
    }

    private static void CheckSecret(string key, string? secret, List<string> failures)
    {
        if (secret is not null && !IsHeaderToken(secret))
        {
            failures.Add(FormattableString.Invariant(
                $"{key} has {secret.Length} characters, and none at all, or white space or a character that no secret of Meta's has among them; give it as")
                + " Meta shows it (App settings, Basic), or leave it out.");
        }
    }

    /// <summary>The token is the user's own, so only what nobody types on purpose is refused: invisible characters and white space around it.</summary>
    private static void CheckVerifyToken(string key, string? token, List<string> failures)
    {
        if (token is not null && (token.Length == 0 || token.AsSpan().Trim().Length != token.Length || token.Any(IsInvisible)))
        {
            failures.Add(FormattableString.Invariant(
                $"{key} has {token.Length} characters, and none at all, white space around them or one that cannot be seen among them; give it as it was")
                + " typed in when the webhook was subscribed, or leave it out.");
        }
    }

    private static bool IsInvisible(char character) =>
        char.IsControl(character) || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;

    // "v" and two numbers: what the path of each request begins with.
    private static bool IsVersion(string? version)
    {
        var dot = version?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return version is ['v', ..] && dot > 1 && dot < version.Length - 1
            && !version.AsSpan(1, dot - 1).ContainsAnyExceptInRange('0', '9') && !version.AsSpan(dot + 1).ContainsAnyExceptInRange('0', '9');
    }

    private static void CheckRange<T>(string key, T value, T least, T most, List<string> failures)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            failures.Add($"{key.Replace('.', ':')} is {value}; it must be from {least} to {most}.");
        }
    }

    private static void CheckFallback(string key, FallbackOptions fallback, List<string> failures)
    {
        if (fallback.Template is null)
        {
            if (fallback.Language is not null || fallback.WithText || fallback.ParameterName is not null)
            {
                failures.Add($"{key}:Template is not set, but other keys of {key} are; name the template, or leave all out.");
            }

            return;
        }

        var sample = new TemplateMessage(fallback.Template, fallback.Language ?? "");
        failures.AddRange(
            sample.Check().Select(violation => $"{key} (Template {Quote(fallback.Template)}, Language {Quote(fallback.Language)}): {violation}."));
        if (fallback is { ParameterName: not null, WithText: false })
        {
            failures.Add(
                $"{key}:ParameterName is \"{fallback.ParameterName}\", but {key}:WithText is false, so no parameter is sent; set WithText, or leave "
                + "ParameterName out.");
        }
    }

    private static void CheckChoice(string key, GuardChoice choice, List<string> failures)
    {
        if (!Enum.IsDefined(choice))
        {
            failures.Add($"{key} is {choice}; it must be {nameof(GuardChoice.Send)} or {nameof(GuardChoice.Refuse)}.");
        }
    }

    /// <summary>A value where an id belongs: a short one is quoted; a long one may be a token in the wrong place and is told by its length.</summary>
    private static string Quote(string? value) =>
        value is { Length: > 20 }
            ? FormattableString.Invariant($"has {value.Length} characters")
            : $"is \"{value}\"";

    private static bool IsHeaderToken(string? token) => token is { Length: > 0 } && !token.AsSpan().ContainsAnyExceptInRange('!', '~');
}
