namespace WhatsSession.Samples.FollowUps;

/// <summary>Colours of the terminal: none where the output goes to a file or another program, or where NO_COLOR is set (https://no-color.org).</summary>
internal static class Palette
{
    private static readonly bool IsOn = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public static void Write(ConsoleColor? color, string text)
    {
        if (!IsOn || color is not { } wanted)
        {
            Console.Write(text);
            return;
        }

        Console.ForegroundColor = wanted;
        Console.Write(text);
        Console.ResetColor();
    }
}
