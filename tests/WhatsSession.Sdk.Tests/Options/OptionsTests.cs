using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WhatsSession.Options;

namespace WhatsSession.Sdk.Tests.Options;

[WithoutEmulator("No request.")]
public sealed class OptionsTests
{
    [Fact]
    public async Task StartAsync_TokenInThePlaceOfAnId_IsNotQuoted()
    {
        const string Token = "EAAGm0PX4ZCpsBAKZCsomething";
        (await FluentActions.Awaiting(() => WhatsSessionRuntime.StartAsync(o => o.Numbers.Add("support", Token, "314159265358979", Token))).Should().ThrowAsync<OptionsValidationException>())
            .Which.Message.Should().NotContain(Token).And.Contain("Numbers:support:PhoneNumberId has 27 characters");
        FluentActions.Invoking(() => PhoneNumberId.Parse(Token)).Should().Throw<FormatException>().Which.Message.Should().NotContain(Token);
    }

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
            ("Alerts:OnlyAwaitingReply", "true"),
            ("Alerts:Jitter", "00:05:00"),
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
            Alerts:Jitter = 00:00:00
            Alerts:OnlyAwaitingReply = False
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
