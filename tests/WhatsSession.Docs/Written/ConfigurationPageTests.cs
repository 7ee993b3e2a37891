using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace WhatsSession.Docs.Written;

/// <summary>The page on configuration is what the options say, and every key of it is read.</summary>
public sealed class ConfigurationPageTests
{
    [Fact]
    public void Keys_OfThePage_AreTheOptions()
    {
        var text = new StringBuilder("| key | type | default | meaning |\n| --- | --- | --- | --- |\n");
        foreach (var setting in Settings(typeof(WhatsSessionOptions), "", new WhatsSessionOptions()))
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{setting.Key}` | {TypeOf(setting)} | {DefaultOf(setting)} | {MeaningOf(setting.Property)} |\n");
        }

        Page.Of("docs/configuration.md").ShouldHave("keys", text.ToString());
    }

    [Fact]
    public void Keys_InASection_SetTheirOptions()
    {
        var settings = Settings(typeof(WhatsSessionOptions), "", new WhatsSessionOptions()).ToList();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(static setting => "WhatsSession:" + setting.Key.Replace('*', 'x'), string? (setting) => Another(setting)))
            .Build();
        var services = new ServiceCollection();
        services.AddWhatsSession(configuration.GetSection("WhatsSession"));

        // The values are of the right type and of no sense together: what is read is looked at, and not whether it is right.
        foreach (var check in services.Where(static service => service.ServiceType == typeof(IValidateOptions<WhatsSessionOptions>)).ToList())
        {
            services.Remove(check);
        }

        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptions<WhatsSessionOptions>>().Value;

        foreach (var setting in settings)
        {
            var (read, unset) = (At(options, setting.Key), setting.Default);
            read.Should().NotBeEquivalentTo(unset ?? "", "{0} is a key that is read", setting.Key);
            read.Should().NotBeNull("{0} is a key that is read", setting.Key);
        }
    }

    [Fact]
    public void Settings_InASectionAndInCode_AddUpAndTheLaterWins()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["WhatsSession:Numbers:support:PhoneNumberId"] = "314159265358979",
                ["WhatsSession:Numbers:support:AccessToken"] = "dev",
                ["WhatsSession:Guard:Margin"] = "00:00:10",
            })
            .Build();
        var services = new ServiceCollection();
        services.AddWhatsSession(configuration.GetSection("WhatsSession"));
        services.AddWhatsSession(static o =>
        {
            o.Numbers.Add("sales", phoneNumberId: "314159265358980", accessToken: "dev");
            o.Guard.Margin = TimeSpan.FromMinutes(2);
        });

        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptions<WhatsSessionOptions>>().Value;

        options.Numbers.Keys.Should().BeEquivalentTo("support", "sales");
        options.Guard.Margin.Should().Be(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void Settings_ThatAreWrong_FailTheStartWithAllTheirKeys()
    {
        string[] keys = ["Deadline", "Dedline", "Guard:NoHistory"];
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(keys.Select(static key => KeyValuePair.Create("WhatsSession:" + key, (string?)"30"))).Build();
        var services = new ServiceCollection();
        services.AddWhatsSession(configuration.GetSection("WhatsSession"));
        using var provider = services.BuildServiceProvider();

        var start = () => provider.GetRequiredService<IOptions<WhatsSessionOptions>>().Value;

        var lines = start.Should().Throw<OptionsValidationException>().Which.Message.Split('\n');
        lines.Select(static line => line.Split(' ')[0]).Should().BeEquivalentTo(keys.Select(static key => "WhatsSession:" + key));
    }

    /// <summary>The options, those of the collections under the name <c>*</c>.</summary>
    private static IEnumerable<Setting> Settings(Type type, string path, object defaults)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(static property => property.MetadataToken))
        {
            var key = path + property.Name;
            var value = property.GetValue(defaults);
            var below = value switch
            {
                NumberOptionsCollection => Settings(typeof(NumberOptions), key + ":*:", new NumberOptions()),
                AppOptionsCollection => Settings(typeof(AppOptions), key + ":*:", new AppOptions()),
                not null when property.PropertyType.Namespace == nameof(WhatsSession) && property.PropertyType.IsClass => Settings(property.PropertyType, key + ":", value),
                _ => [new Setting(property.PropertyType == typeof(IList<string>) ? key + ":0" : key, property, value)],
            };
            foreach (var setting in below)
            {
                yield return setting;
            }
        }
    }

    private static string TypeOf(Setting setting) => setting.Property.PropertyType switch
    {
        var type when type == typeof(string) || type == typeof(IList<string>) => "text",
        var type when type == typeof(bool) => "`true` or `false`",
        var type when type == typeof(int) || type == typeof(long) => "whole number",
        var type when type == typeof(TimeSpan) => "time, `hh:mm:ss`",
        var type when type == typeof(Uri) => "address",
        { IsEnum: true } type => string.Join(" or ", Enum.GetNames(type).Select(static name => $"`{name}`")),
        var type => throw new InvalidOperationException($"{type} is a new type of option: say here how it is written."),
    };

    private static string DefaultOf(Setting setting) => setting.Default switch
    {
        null => "none",
        "" => "none: it must be set",
        IList { Count: 0 } => "none",
        bool flag => flag ? "`true`" : "`false`",
        var value => string.Create(CultureInfo.InvariantCulture, $"`{value}`"),
    };

    /// <summary>The summary, and what the value says beside the default.</summary>
    private static string MeaningOf(PropertyInfo property)
    {
        var value = XmlDocs.Value(property) ?? "";
        var rest = value[(value.IndexOf(" by default", StringComparison.Ordinal) is var at and >= 0 ? at + " by default".Length : 0)..].TrimStart();
        rest = rest.StartsWith('(') ? rest[(rest.IndexOf(')', StringComparison.Ordinal) + 1)..] : rest;
        var text = rest.TrimStart(',', ';', ':', '.', ' ');
        rest = rest.StartsWith(':') ? $" Unless set: {text}" : text.Length == 0 ? "" : $" {char.ToUpperInvariant(text[0])}{text[1..]}";

        // The keys of the page go without the names of their types.
        return (XmlDocs.Summary(property) + rest)
            .Replace($"`{nameof(WhatsSessionOptions)}.", "`", StringComparison.Ordinal)
            .Replace($"`{nameof(NumberOptions)}.", "`", StringComparison.Ordinal);
    }

    private static string Another(Setting setting) => setting.Default switch
    {
        bool flag => flag ? "false" : "true",
        int or long => "7",
        TimeSpan => "00:00:07",
        Uri => "https://graph.example.test/",
        GuardChoice choice => (choice == GuardChoice.Send ? GuardChoice.Refuse : GuardChoice.Send).ToString(),
        _ => "seven",
    };

    private static object? At(object? owner, string key)
    {
        foreach (var name in key.Split(':'))
        {
            owner = owner switch
            {
                NumberOptionsCollection numbers => numbers["x"],
                AppOptionsCollection apps => apps["x"],
                IList<string> list => list[0],
                _ => owner!.GetType().GetProperty(name)!.GetValue(owner),
            };
        }

        return owner;
    }

    private sealed record Setting(string Key, PropertyInfo Property, object? Default);
}
