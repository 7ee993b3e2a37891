using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using WhatsSession.Emulator;
using WhatsSession.Tool.CommandLine;

namespace WhatsSession.Tool.Emulate;

/// <summary>The options of <c>whatssession emulate</c>.</summary>
internal sealed class EmulateArguments
{
    private static readonly EmulatedNumber Standard = new() { Id = "314159265358979" };

    private readonly Option<int> _port = new("--port")
    {
        Description = "TCP port; 0 takes a free one",
        HelpName = "number",
        DefaultValueFactory = static _ => 8080,
        CustomParser = static r => int.TryParse(r.Text(), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort
            ? port
            : r.Refuse<int>(r.Text(), "is not a number from 0 to 65535."),
    };

    private readonly Option<string> _listen = new("--listen")
    {
        Description = "IP address; there is no password, so others than the loopback address open it to the network",
        HelpName = "address",
        DefaultValueFactory = static _ => "127.0.0.1",
    };

    private readonly Option<Uri?> _webhook = new("--webhook")
    {
        Description = "where webhooks are posted, such as http://127.0.0.1:5000/whatsapp; without it nowhere",
        HelpName = "url",
        CustomParser = ValueReading.WebhookUrl,
    };

    private readonly Option<string[]> _number = new("--number")
    {
        Description = "phone number id; several times for several numbers",
        HelpName = "id",
        DefaultValueFactory = static _ => [Standard.Id],
    };

    private readonly Option<string[]> _account = new("--account")
    {
        Description = "business account id; once for all numbers, or once for each in the order of --number",
        HelpName = "id",
        DefaultValueFactory = static _ => [Standard.BusinessAccountId],
    };

    private readonly Option<string[]> _token = new("--token")
    {
        Description = "access token; once for all numbers, or once for each in the order of --number",
        HelpName = "token",
        DefaultValueFactory = static _ => [Standard.AccessToken],
    };

    private readonly Option<string> _appSecret = new("--app-secret")
    {
        Description = "signs the webhooks",
        HelpName = "secret",
        DefaultValueFactory = static _ => "dev-secret",
    };

    private readonly Option<string> _verifyToken = new("--verify-token")
    {
        Description = "for the handshake with the webhook",
        HelpName = "token",
        DefaultValueFactory = static _ => "dev-verify",
    };

    private readonly Option<EmulatedTemplate[]> _template = new("--template")
    {
        Description = "an approved template beside hello_world:en_US, by its body: name:language:category=body, "
            + "or by the count of its parameters: name:language:parameters:category; category and count may be left out; several times",
        HelpName = "template",
        CustomParser = static r =>
        [
            .. r.Tokens.Select(t => TemplateOf(t.Value) ?? r.Refuse<EmulatedTemplate>(
                t.Value,
                "is not name:language:category=body, such as 'order_shipped:en_US=Order {{1}} is on its way.', "
                    + "nor name:language:parameters:category, such as order_shipped:en_US:1:UTILITY.")).OfType<EmulatedTemplate>(),
        ],
    };

    private readonly Option<DateTimeOffset?> _startsAt = new("--starts-at")
    {
        Description = "the instant at which the clock starts, such as 2026-11-23T10:00:00Z; without it now",
        HelpName = "instant",
        CustomParser = static r => DateTimeOffset.TryParse(r.Text(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : r.Refuse<DateTimeOffset?>(r.Text(), "is not an instant, such as 2026-11-23T10:00:00Z."),
    };

    private readonly Option<bool> _frozen = new("--frozen") { Description = "the clock stands still until it is moved" };

    public EmulateArguments()
    {
        _account.Validators.Add(CheckEach);
        _token.Validators.Add(CheckEach);
    }

    public IReadOnlyList<Option> Options =>
        [_port, _listen, _webhook, _number, _account, _token, _appSecret, _verifyToken, _template, _startsAt, _frozen];

    /// <summary>What is wrong with an option, by the name it has on the command line.</summary>
    public static string InItsOwnWords(ArgumentException e)
    {
        var text = e.ParamName is null ? e.Message : e.Message.Replace($" (Parameter '{e.ParamName}')", "", StringComparison.Ordinal);
        return text.Replace(nameof(EmulatorOptions.ListenAddress), "--listen", StringComparison.Ordinal)
            .Replace(nameof(EmulatorOptions.AppSecret), "--app-secret", StringComparison.Ordinal)
            .Replace(nameof(EmulatorOptions.StartsAt), "--starts-at", StringComparison.Ordinal);
    }

    public bool IsOpenToOthers(ParseResult given) => IPAddress.TryParse(given.GetValue(_listen), out var address) && !IPAddress.IsLoopback(address);

    public Uri? Webhook(ParseResult given) => given.GetValue(_webhook);

    /// <exception cref="ArgumentException">The emulator takes no such value; the message quotes it.</exception>
    public void Apply(ParseResult given, EmulatorOptions options)
    {
        options.Port = given.GetValue(_port);
        options.ListenAddress = given.GetRequiredValue(_listen);
        options.AppSecret = given.GetRequiredValue(_appSecret);
        options.VerifyToken = given.GetRequiredValue(_verifyToken);
        options.WebhookUrl = given.GetValue(_webhook);
        options.StartsAt = given.GetValue(_startsAt);
        options.ClockFrozen = given.GetValue(_frozen);
        var ids = given.GetRequiredValue(_number);
        for (var i = 0; i < ids.Length; i++)
        {
            options.AddNumber(Standard with
            {
                Id = ids[i],
                AccessToken = Each(given, _token, i),
                BusinessAccountId = Each(given, _account, i),
                DisplayPhoneNumber = (long.Parse(Standard.DisplayPhoneNumber, CultureInfo.InvariantCulture) + i).ToString(CultureInfo.InvariantCulture),
                VerifiedName = i == 0 ? Standard.VerifiedName : $"{Standard.VerifiedName} {i + 1}",
            });
        }

        foreach (var template in given.GetValue(_template) ?? [])
        {
            options.AddTemplate(template);
        }
    }

    private static EmulatedTemplate? TemplateOf(string text) => text.Split('=', 2) switch
    {
        [var head, { Length: > 0 } body] => head.Split(':') switch
        {
            [var name, var language] => new() { Name = name, Language = language, Body = body },
            [var name, var language, var category] => new() { Name = name, Language = language, Category = category, Body = body },
            _ => null,
        },
        [var whole] => whole.Split(':') switch
        {
            [var name, var language] => new() { Name = name, Language = language },
            [var name, var language, var count] when IsCount(count, out var parameters) =>
                new() { Name = name, Language = language, BodyParameters = parameters },
            [var name, var language, var count, var category] when IsCount(count, out var parameters) =>
                new() { Name = name, Language = language, BodyParameters = parameters, Category = category },
            _ => null,
        },
        _ => null,
    };

    private static bool IsCount(string text, out int count) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);

    private static string Each(ParseResult given, Option<string[]> option, int index) =>
        given.GetRequiredValue(option) is [var one] ? one : given.GetRequiredValue(option)[index];

    /// <summary>One value for all numbers, or one for each.</summary>
    private void CheckEach(OptionResult option)
    {
        var numbers = option.GetResult(_number) is { Implicit: false } given ? given.Tokens.Count : 1;
        if (option.Tokens.Count > 1 && option.Tokens.Count != numbers)
        {
            option.AddError($"{option.Option.Name} is given {option.Tokens.Count} times for {numbers} numbers: give it once, or once for each --number.");
        }
    }
}
