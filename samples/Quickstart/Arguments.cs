using System.Globalization;

namespace WhatsSession.Samples.Quickstart;

/// <summary>What the command line says.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        A shop and its customer on an emulator of WhatsApp, or the examination of a real account.

        Usage: Quickstart [--customer NAME] [--says TEXT] [--advance HH:MM] [--guard on|off] [--journal FILE]
               Quickstart --live [--to PHONE]

          --customer, --says  who writes, and what
          --advance           how long after the customer's tap the text is sent; 24:00 unless given
          --guard off         no local check: Meta refuses instead
          --journal           writes the emulator's own log to a file
          --help              shows this
          --live              examines a real account; credentials come from WHATSAPP_TOKEN, WHATSAPP_PHONE_NUMBER_ID,
                              WHATSAPP_BUSINESS_ACCOUNT_ID and WHATSAPP_APP_SECRET
          --to                with --live: sends the template hello_world to this phone
        """;

    public string Customer { get; private init; } = "Ana";

    public string Says { get; private init; } = "Hi, where is my parcel?";

    public TimeSpan Advance { get; private init; } = TimeSpan.FromHours(24);

    public bool Guard { get; private init; } = true;

    public string? Journal { get; private init; }

    public bool Live { get; private init; }

    public string? To { get; private init; }

    /// <summary>Null, with the mistake on standard error, when the command line cannot be read.</summary>
    public static Arguments? Parse(string[] args)
    {
        var arguments = new Arguments();
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i];
            if (name == "--live")
            {
                arguments = arguments with { Live = true };
                continue;
            }

            var value = i + 1 < args.Length ? args[++i] : null;
            var next = (name, value) switch
            {
                (_, null) => null,
                ("--customer", _) => arguments with { Customer = value },
                ("--says", { Length: > 0 }) => arguments with { Says = value },
                ("--advance", _) when ParseTime(value) is { } time => arguments with { Advance = time },
                ("--guard", "on" or "off") => arguments with { Guard = value == "on" },
                ("--journal", _) => arguments with { Journal = value },
                ("--to", _) when CustomerId.TryParse(value, out var customer) && customer.IsPhone => arguments with { To = customer.Value },
                _ => null,
            };
            if (next is null)
            {
                Console.Error.WriteLine($"Cannot read {name} {value}\n{Usage}");
                return null;
            }

            arguments = next;
        }

        if (arguments is { To: not null, Live: false })
        {
            Console.Error.WriteLine($"--to goes with --live\n{Usage}");
            return null;
        }

        return arguments;
    }

    // TimeSpan's own parser takes 24:00 for 24 days.
    private static TimeSpan? ParseTime(string value) =>
        value.Split(':') is [var hours, var minutes]
        && int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out var h) && h <= 48
        && int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var m) && m < 60
            ? new TimeSpan(h, m, 0)
            : null;
}
