using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using WhatsSession.Options;

namespace WhatsSession.Sdk.Tests.Options;

[WithoutEmulator("No request.")]
public sealed class OptionsTests
{
    public static TheoryData<string, string, string> BadSettings => new()
    {
        // Key, value, what the message must contain.
        { "Numbers:support:PhoneNumberId", "+15550009000", "Numbers:support:PhoneNumberId is \"+15550009000\"; it must be" },
        { "Numbers:support:PhoneNumberId", "", "Numbers:support:PhoneNumberId is \"\"" },
        { "Numbers:support:AccessToken", "two words", "Numbers:support:AccessToken has 9 characters" },
        { "Numbers:support:AccessToken", "", "Numbers:support:AccessToken has 0 characters" },
        { "Numbers:support:AccessToken", "line\nbreak", "Numbers:support:AccessToken has 10 characters" },
        { "Numbers:support:BusinessAccountId", "waba", "Numbers:support:BusinessAccountId is \"waba\"" },
        { "Numbers:support:MessagingAccountId", "mine", "Numbers:support:MessagingAccountId is \"mine\"" },
        { "Numbers:sales:PhoneNumberId", "314159265358979", ":PhoneNumberId is \"314159265358979\", which Numbers:" },
        { "Numbers:support:App", "tenant-c", "Numbers:support:App is \"tenant-c\", which is not among Apps: there are none. Name one of them" },
        { "AppSecret", " s3cr3t ", "AppSecret has 8 characters" },
        { "AppSecret", "", "AppSecret has 0 characters" },
        { "AppSecret", "s3\ncr3t", "AppSecret has 7 characters" },
        { "AppSecret", "s3cr\u200B3t", "AppSecret has 7 characters" },
        { "AppSecret", "…", "AppSecret has 1 characters" },
        { "Apps:main:AppSecrets:0", "a\tb", "Apps:main:AppSecrets:0 has 3 characters" },
        { "Apps:main:VerifyToken", "s3cr\u200B3t", "Apps:main:VerifyToken has 7 characters" },
        { "Apps:main:AppId", "my app", "Apps:main:AppId is \"my app\"; it must be Meta's id of the app" },
        { "Webhooks:SecondSignatureHeader", "a:b", "Webhooks:SecondSignatureHeader is \"a:b\"; it must be the name of a header" },
        { "Webhooks:SecondSignatureHeader", "", "Webhooks:SecondSignatureHeader is \"\"" },
        { "Webhooks:SecondSignatureHeader", "X-Signature ", "Webhooks:SecondSignatureHeader is \"X-Signature \"" },
        { "GraphBaseAddress", "https://bob:s3cr3t@graph.facebook.com", "GraphBaseAddress is \"https://graph.facebook.com…\" with a user, a query or a fragment" },
        { "GraphBaseAddress", "https://graph.facebook.com/?access_token=s3cr3t", "GraphBaseAddress is \"https://graph.facebook.com…\" with" },
        { "GraphBaseAddress", "https://graph.facebook.com/#s3cr3t", "GraphBaseAddress is \"https://graph.facebook.com…\" with" },
        { "GraphVersion", "v27", "GraphVersion is \"v27\"" },
        { "GraphVersion", "v.5", "GraphVersion is \"v.5\"" },
        { "GraphVersion", "v27.", "GraphVersion is \"v27.\"" },
        { "VerifyToken", "token ", "VerifyToken has 6 characters" },
        { "Apps:main:VerifyToken", "x", "Apps:main:AppSecrets is empty" },
        { "Apps:main:AppSecrets", "secret-as-text", "Apps:main:AppSecrets is a single value of 14 characters" },
        { "Apps:main:AppSecrets:0", "", "Apps:main:AppSecrets:0 has 0 characters" },
        { "GraphBaseAddress", "graph.facebook.com", "GraphBaseAddress is \"graph.facebook.com\"; it must be an absolute address" },
        { "GraphBaseAddress", "http://graph.facebook.com", "GraphBaseAddress is \"http://graph.facebook.com…\"; it must be an absolute https address" },
        { "GraphBaseAddress", "ftp://127.0.0.1", "GraphBaseAddress is \"ftp://127.0.0.1…\"" },
        { "GraphVersion", "26", "GraphVersion is \"26\"; it must be a version such as v27.0" },
        { "GraphVersion", "v27.0/../x", "GraphVersion is \"v27.0/../x\"" },
        { "Deadline", "00:00:00", "Deadline is 00:00:00; it must be from" },
        { "Deadline", "soon", "Deadline is \"soon\"; it must be a time such as 00:01:00" },
        { "MaximumDownloadSize", "0", "MaximumDownloadSize is 0; it must be from 1 to" },
        { "MaximumDownloadSize", "100 MB", "MaximumDownloadSize is \"100 MB\"; it must be a whole number" },
        { "ThrowOnRefusal", "perhaps", "ThrowOnRefusal is \"perhaps\"; it must be true or false" },
        { "Guard:Enabled", "1", "Guard:Enabled is \"1\"; it must be true or false" },
        { "Guard:NoHistory", "Ask", "Guard:NoHistory is \"Ask\"; it must be Send or Refuse" },
        { "Guard:StoreUnavailable", "7", "Guard:StoreUnavailable is \"7\"; it must be Send or Refuse" },
        { "Guard:Margin", "-00:00:01", "Guard:Margin is -00:00:01; it must be from 00:00:00 to 12:00:00" },
        { "Guard:Margin", "12:00:01", "Guard:Margin is 12:00:01" },
        { "Guard:ClosingLead", "1.00:00:01", "Guard:ClosingLead is 1.00:00:01" },
        { "Guard", "on", "Guard is a single value of 2 characters" },
        { "Dispatch:MaxConcurrency", "0", "Dispatch:MaxConcurrency is 0; it must be from 1 to 1024" },
        { "Dispatch:MaxConcurrency", "many", "Dispatch:MaxConcurrency is \"many\"; it must be a whole number" },
        { "Dispatch:MaxLongRunning", "-1", "Dispatch:MaxLongRunning is -1; it must be from 0 to 10000" },
        { "Dispatch:HandlerTimeout", "00:00:00.5", "Dispatch:HandlerTimeout is 00:00:00.5" },
        { "WindowOpeners:Reactions", "yes", "WindowOpeners:Reactions is \"yes\"" },
        { "AppSecrets", "x", "AppSecrets is not a setting; known here are Numbers, Apps, AppSecret" },
        { "Numbers:support:Token", "x", "Numbers:support:Token is not a setting; known here are PhoneNumberId, AccessToken, BusinessAccountId" },
        { "Guard:Marign", "x", "Guard:Marign is not a setting" },
        { "Dispatch:Handler:Timeout", "x", "Dispatch:Handler is not a setting" },
    };

    [Theory]
    [MemberData(nameof(BadSettings))]
    public async Task StartAsync_BadSetting_FailsWithKeyValueAndFix(string key, string value, string expected)
    {
        var section = Section((key, value));

        using var host = new HostBuilder().ConfigureServices(services => services.AddWhatsSession(section)).Build();
        var ofHost = (await host.Awaiting(h => h.StartAsync()).Should().ThrowAsync<OptionsValidationException>()).Which;
        var ofRuntime = (await FluentActions.Awaiting(() => WhatsSessionRuntime.StartAsync(options => OptionsSection.Bind(section, options))).Should().ThrowAsync<OptionsValidationException>()).Which;

        ofHost.Message.Should().Contain(expected);
        ofRuntime.Failures.Should().BeEquivalentTo(ofHost.Failures);
        foreach (var secret in (string[])["two words", "line\nbreak", "s3cr3t", "s3\ncr3t", "s3cr\u200B3t", "secret-as-text"])
        {
            ofHost.Message.Should().NotContain(secret);
        }
    }

    [Fact]
    public async Task StartAsync_NoNumber_SaysHowToAddOne() =>
        (await FluentActions.Awaiting(() => WhatsSessionRuntime.StartAsync(_ => { })).Should().ThrowAsync<OptionsValidationException>())
            .Which.Message.Should().Contain("Numbers is empty; add a business number");

    [Fact]
    public async Task StartAsync_SeveralMistakes_NamesThemAll() =>
        (await FluentActions.Awaiting(() => WhatsSessionRuntime.StartAsync(o =>
        {
            o.Numbers.Add("support", "x", "");
            o.Guard.Margin = TimeSpan.FromDays(1);
        })).Should().ThrowAsync<OptionsValidationException>()).Which.Failures.Should().HaveCount(3);

    [Fact]
    public async Task StartAsync_TokenInThePlaceOfAnId_IsNotQuoted()
    {
        const string Token = "EAAGm0PX4ZCpsBAKZCsomething";
        (await FluentActions.Awaiting(() => WhatsSessionRuntime.StartAsync(o => o.Numbers.Add("support", Token, "314159265358979", Token))).Should().ThrowAsync<OptionsValidationException>())
            .Which.Message.Should().NotContain(Token).And.Contain("Numbers:support:PhoneNumberId has 27 characters");
        FluentActions.Invoking(() => PhoneNumberId.Parse(Token)).Should().Throw<FormatException>().Which.Message.Should().NotContain(Token);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("support ")]
    [InlineData("sup\nport")]
    public async Task StartAsync_NameThatNobodyTypes_IsRefused(string name) =>
        (await FluentActions.Awaiting(() => WhatsSessionRuntime.StartAsync(o =>
        {
            o.Numbers.Add(name, "1", "token");
            o.Apps.Add(name, ["secret"], "token");
        })).Should().ThrowAsync<OptionsValidationException>()).Which.Failures.Should().HaveCount(2)
            .And.OnlyContain(failure => failure.Contains($" has the name \"{name}\", which is empty or has white space", StringComparison.Ordinal));

    [Fact]
    public async Task StartAsync_MarginLongerThanTheLead_Fails() =>
        (await FluentActions.Awaiting(() => WhatsSessionRuntime.StartAsync(o =>
        {
            o.Numbers.Add("support", "1", "token");
            o.Guard.Margin = TimeSpan.FromHours(2);
        })).Should().ThrowAsync<OptionsValidationException>()).Which.Failures.Should().ContainSingle().Which.Should().StartWith("Guard:Margin is 02:00:00, which is longer than Guard:ClosingLead");

    [Fact]
    public async Task StartAsync_NullsAndUndefinedChoices_AreNamed() =>
        (await FluentActions.Awaiting(() => WhatsSessionRuntime.StartAsync(o =>
        {
            o.Numbers["support"] = null!;
            o.Apps["main"] = null!;
            o.Guard.NoHistory = (GuardChoice)7;
        })).Should().ThrowAsync<OptionsValidationException>()).Which.Failures.Should().HaveCount(3);

    [Fact]
    public async Task StartAsync_UnknownAppOfANumber_NamesTheKnownOnes() =>
        (await FluentActions.Awaiting(() => WhatsSessionRuntime.StartAsync(o =>
        {
            o.Numbers["support"] = new NumberOptions { PhoneNumberId = "1", AccessToken = "token", App = "tenant-c" };
            o.Apps.Add("tenant-b", ["secret"], "token");
            o.AppSecret = "secret";
        })).Should().ThrowAsync<OptionsValidationException>()).Which.Failures.Should().Equal("Numbers:support:App is \"tenant-c\", which is not among Apps: main, tenant-b. Name one of them, or leave it out.");

    [Theory]
    [InlineData(null, "de", false, null, "Numbers:support:Fallback:Template is not set")]
    [InlineData("We Wrote", "de", false, null, "Template is \"We Wrote\"")]
    [InlineData("we_wrote", null, true, null, "template.language.code")]
    [InlineData("we_wrote", "de", false, "text", "WithText is false")]
    public async Task StartAsync_WrongFallback_IsNamedWithTheFix(string? template, string? language, bool withText, string? parameter, string expected) =>
        (await FluentActions.Awaiting(() => WhatsSessionRuntime.StartAsync(o =>
        {
            var number = o.Numbers["support"] = new NumberOptions { PhoneNumberId = "1", AccessToken = "token" };
            (number.Fallback.Template, number.Fallback.Language, number.Fallback.WithText, number.Fallback.ParameterName) = (template, language, withText, parameter);
        })).Should().ThrowAsync<OptionsValidationException>()).Which.Failures.Should().ContainSingle().Which.Should().Contain(expected);

    [Fact]
    public void Bind_EverySetting_IsSet()
    {
        var options = Options(
            ("numbers:support:businessAccountId", "271828182845904"),
            ("Numbers:support:MessagingAccountId", "555"),
            ("Numbers:support:App", "MAIN"),
            ("Numbers:support:Fallback:Template", "we_wrote"),
            ("Numbers:support:Fallback:Language", "de"),
            ("Numbers:support:Fallback:WithText", "true"),
            ("Numbers:support:Fallback:ParameterName", "text"),
            ("Apps:main:AppSecrets:0", "old"),
            ("Apps:main:AppSecrets:1", "new"),
            ("Apps:main:VerifyToken", "token"),
            ("Apps:main:AppId", "17"),
            ("AppSecret", "secret"),
            ("VerifyToken", "verify"),
            ("GraphBaseAddress", "http://localhost:8080/meta"),
            ("GraphVersion", "v26.0"),
            ("Deadline", "00:00:10"),
            ("MaximumDownloadSize", "5000000000"),
            ("EchoesAnswer", "false"),
            ("ThrowOnRefusal", "True"),
            ("RequireTemplates", "true"),
            ("Guard:Enabled", "false"),
            ("Guard:NoHistory", "refuse"),
            ("Guard:StoreUnavailable", "Send"),
            ("Guard:Margin", "00:02:00"),
            ("Guard:ClosingLead", "02:00:00"),
            ("Dispatch:MaxConcurrency", "4"),
            ("Dispatch:MaxLongRunning", "8"),
            ("Dispatch:HandlerTimeout", "00:01:00"),
            ("Webhooks:MaximumBodySize", "2048"),
            ("Webhooks:MaximumBufferedBytes", "16384"),
            ("Webhooks:BodyDeadline", "00:00:10"),
            ("Webhooks:SecondSignatureHeader", "X-Gateway-Signature"),
            ("WindowOpeners:Reactions", "true"),
            ("WindowOpeners:UnsupportedMessages", "true"),
            ("WindowOpeners:Edits", "true"),
            ("WindowOpeners:UnknownKinds", "true"));

        var defaults = new WhatsSessionOptions();
        foreach (var (path, value) in Leaves(options, ""))
        {
            if (!path.StartsWith("Numbers", StringComparison.Ordinal) && !path.StartsWith("Apps", StringComparison.Ordinal))
            {
                value.Should().NotBe(Leaves(defaults, "").Single(leaf => leaf.Path == path).Value, path);
            }
        }

        options.Numbers["SUPPORT"].BusinessAccountId.Should().Be("271828182845904");
        options.Numbers["support"].App.Should().Be("MAIN");
        options.Numbers["support"].MessagingAccountId.Should().Be("555");
        options.Numbers["support"].Fallback.Should().BeEquivalentTo(new FallbackOptions { Template = "we_wrote", Language = "de", WithText = true, ParameterName = "text" });
        options.Apps["main"].AppSecrets.Should().Equal("old", "new");
        (options.Apps["main"].VerifyToken, options.Apps["main"].AppId).Should().Be(("token", "17"));
    }

    /// <summary>A setting that is added to the options must be added to the section, or configuration would call it unknown.</summary>
    [Fact]
    public void Bind_EveryPropertyOfTheOptions_IsKnown()
    {
        var paths = Leaves(new WhatsSessionOptions(), "").Select(leaf => leaf.Path)
            .Concat(Leaves(new NumberOptions(), "Numbers:x:").Select(leaf => leaf.Path))
            .Concat(Leaves(new AppOptions(), "Apps:x:").Select(leaf => leaf.Path))
            .Append("Apps:x:AppSecrets:0");
        foreach (var path in paths)
        {
            var options = new WhatsSessionOptions();
            OptionsSection.Bind(new ConfigurationBuilder().AddInMemoryCollection([new(path, "?")]).Build(), options);

            options.BindingFailures.Should().NotContain(failure => failure.Contains("is not a setting", StringComparison.Ordinal), path);
        }
    }

    [Fact]
    public void Defaults_ArePinned() =>
        string.Join('\n', Leaves(new WhatsSessionOptions(), "").Select(leaf => $"{leaf.Path} = {leaf.Value ?? "null"}")).Should().Be(
            """
            AppSecret = null
            Deadline = 00:00:30
            Dispatch:HandlerTimeout = 00:02:00
            Dispatch:MaxConcurrency = 16
            Dispatch:MaxLongRunning = 256
            EchoesAnswer = True
            GraphBaseAddress = https://graph.facebook.com/
            GraphVersion = v27.0
            Guard:ClosingLead = 01:00:00
            Guard:Enabled = True
            Guard:Margin = 00:01:00
            Guard:NoHistory = Send
            Guard:StoreUnavailable = Refuse
            MaximumDownloadSize = 104857600
            RequireTemplates = False
            ThrowOnRefusal = False
            VerifyToken = null
            Webhooks:BodyDeadline = 00:00:20
            Webhooks:MaximumBodySize = 3145728
            Webhooks:MaximumBufferedBytes = 67108864
            Webhooks:SecondSignatureHeader = null
            WindowOpeners:Edits = False
            WindowOpeners:Reactions = False
            WindowOpeners:UnknownKinds = False
            WindowOpeners:UnsupportedMessages = False
            """);

    [Fact]
    public void Bind_SectionAndCode_AddUpAndCodeComesLast()
    {
        var services = new ServiceCollection();
        services.AddWhatsSession(Section(("GraphVersion", "v25.0"), ("Deadline", "00:00:10")), o =>
        {
            o.Numbers.Add("sales", "314159265358980", "EAAother");
            o.GraphVersion = "v27.0";
        });
        using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<WhatsSessionOptions>>().Value;

        options.Numbers.Keys.Should().BeEquivalentTo("support", "sales");
        (options.GraphVersion, options.Deadline).Should().Be(("v27.0", TimeSpan.FromSeconds(10)));
    }

    private static WhatsSessionOptions Options(params (string Key, string Value)[] settings)
    {
        var options = new WhatsSessionOptions();
        OptionsSection.Bind(Section(settings), options);
        options.BindingFailures.Should().BeEmpty();
        return options;
    }

    private static IConfigurationSection Section(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["WhatsSession:Numbers:support:PhoneNumberId"] = Given.Number.Value,
            ["WhatsSession:Numbers:support:AccessToken"] = Given.AccessToken,
        };
        foreach (var (key, value) in settings)
        {
            all["WhatsSession:" + key] = value;
            if (key == "Numbers:sales:PhoneNumberId")
            {
                all["WhatsSession:Numbers:sales:AccessToken"] = "EAAother";
            }
        }

        return new ConfigurationBuilder().AddInMemoryCollection(all).Build().GetSection("WhatsSession");
    }

    private static IEnumerable<(string Path, object? Value)> Leaves(object options, string prefix)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            var value = property.GetValue(options);
            if (property.CanWrite)
            {
                yield return (prefix + property.Name, value);
            }
            else if (value is not IEnumerable)
            {
                foreach (var leaf in Leaves(value!, $"{prefix}{property.Name}:"))
                {
                    yield return leaf;
                }
            }
        }
    }
}
